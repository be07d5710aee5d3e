"""From apps to a folder that a web server can serve as it is."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapter.commands.site.addresses import NAME_MARK
from adapter.commands.site.packages import RELEASE, release_of
from adapter.errors import ConfigurationError, StoreError
from adapter.files.whole import whole
from adapter.web.page.document import FOREVER, page, policy
from adapter.web.page.files import DOCUMENT, PageFiles, files_of

HEADERS = "headers.json"
SMALL_BYTES = 500
"""What is not worth packing."""

KINDS = {".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript"}
PACKERS = {".gz": "gzip", ".br": "brotli"}


@dataclass(frozen=True, slots=True)
class Export:
    """What to write.

    Attributes:
        out: the folder to write into.
        apps: as on the command line of ``adapter dev``.
        api_url: where the API is, ``{app}`` standing for an app's name; ``None``: where the page is.
        origins: others that the page may use.
        as_gradio: whether ``import gradio`` in the apps means this package.
        packages: a folder of packages of ``adapter build``, or one of them: what the script of an app drew when it
            was built stands on its page; ``None``: those of ``sam build``, if there are any.
        frame_ancestors: whose pages may show these in a frame, as the Content Security Policy names them.
    """

    out: str
    apps: tuple[str, ...]
    api_url: str | None = None
    origins: tuple[str, ...] = ()
    as_gradio: bool = False
    packages: str | None = None
    frame_ancestors: tuple[str, ...] = ("'self'",)


def export(wanted: Export) -> str:
    """Write the pages; return what to tell of it.

    The page's own files go into a folder named after their content, so that they can be kept for good
    and a page that was opened before a deployment finds the files that it names.

    Raises:
        ConfigurationError: an app has no page, two have the same name, or the folder cannot be written.
    """
    described = [_described(app, wanted) for app in wanted.apps]
    names = [one.name for one in described]
    if len(set(names)) < len(names):
        raise ConfigurationError(f"two apps have the same name, of {', '.join(names)}; rename a folder.")
    single = len(described) == 1
    files = files_of(
        {name: place for one in described for name, place in one.modules.items()},
        {name: content for one in described for name, content in one.scripts.items()},
    )
    sealed = {path: _integrity(content) for path, content in files.contents.items()}
    own = {f"static/{files.version}/{name}": content for name, content in files.contents.items()}
    headers = {path: {"cache-control": FOREVER} for path in own}
    for one in described:
        path = DOCUMENT if single else f"{one.name}/{DOCUMENT}"
        content, allowed = _document(one.name, one.config, wanted, files, sealed, up="" if single else "../")
        own[path] = content
        framed = f"{allowed}; frame-ancestors {' '.join(wanted.frame_ancestors)}"
        headers[path] = {"cache-control": "no-cache", "content-security-policy": framed}
    written = dict(_with_packed(own))
    listed = {path: {**_of_kind(path), **headers[path]} for path in own}
    written[HEADERS] = (json.dumps(listed, indent=1) + "\n").encode()
    _write(Path(wanted.out), written)
    return _told(wanted.out, own, written)


@dataclass(frozen=True, slots=True)
class _Described:
    """An app's name and config, and what its page has of its own, by the names of the files."""

    name: str
    config: dict[str, Any]
    modules: dict[str, Path]
    scripts: dict[str, bytes]


def _described(app: str, wanted: Export) -> _Described:
    """Return what the page of ``app`` is made of, from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="adapter-site-") as folder:
        file = Path(folder, "page.json")
        drawn = release_of(app, wanted.packages)
        if drawn is not None:
            shutil.copytree(drawn, Path(folder, RELEASE))
        command = [sys.executable, "-m", "adapter.commands.site", app, str(file)]
        done = subprocess.run([*command, "--as-gradio"] if wanted.as_gradio else command)
        if done.returncode or not file.is_file():
            raise ConfigurationError(f"{app} did not start (exit code {done.returncode}); what it said stands above.")
        read = json.loads(file.read_text("utf-8"))
    modules = {name: Path(place) for name, place in read["modules"].items()}
    scripts = {name: content.encode() for name, content in read["scripts"].items()}
    return _Described(read["name"], read["config"], modules, scripts)


def _document(
    name: str, config: Mapping[str, Any], wanted: Export, files: PageFiles, sealed: Mapping[str, str], *, up: str
) -> tuple[bytes, str]:
    """Return the page of an app and its policy."""
    api = wanted.api_url and wanted.api_url.replace(NAME_MARK, name)
    allowed = policy(*([_origin(api)] if api else []), *wanted.origins)
    folder = f"{up}static/{files.version}/"
    # Nothing tells here where the API keeps files; only to an origin that was named could the page send one.
    direct = config["max_direct_size"] if wanted.origins else None
    config = {**config, "root": api, "max_direct_size": direct}
    return page(config, files, folder=folder, integrity=sealed, policy=allowed), allowed


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _integrity(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _of_kind(path: str) -> dict[str, str]:
    kind = KINDS.get(Path(path).suffix)
    return {**({"content-type": kind} if kind else {}), "x-content-type-options": "nosniff"}


def _with_packed(own: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give the files, and for a server that looks for them the same packed, under their names with an ending more."""
    packers = _packers()
    for path, content in own.items():
        yield path, content
        if len(content) > SMALL_BYTES:
            for ending, pack in packers.items():
                yield path + ending, pack(content)


def _packers() -> dict[str, Callable[[bytes], bytes]]:
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": lambda content: gzip.compress(content, 9, mtime=0)}
    if find_spec("brotli"):
        packers[".br"] = import_module("brotli").compress
    return packers


def _write(out: Path, written: Mapping[str, bytes]) -> None:
    """Write the files, the documents last: none of them names what is not there yet."""
    try:
        for path in sorted(written, key=lambda path: (DOCUMENT in path, path)):
            with whole(out / path) as file:
                file.write(written[path])
    except StoreError as error:
        raise ConfigurationError(f"{out} cannot be written: {error} Or give another folder.") from error


def _told(out: str, own: Mapping[str, bytes], written: Mapping[str, bytes]) -> str:
    pages = [path for path in own if path.endswith(DOCUMENT)]
    packed = [name for ending, name in PACKERS.items() if any(path.endswith(ending) for path in written)]
    lines = [f"{len(pages)} page{'s' if len(pages) > 1 else ''}, {len(own) - len(pages)} files, packed by"]
    lines[0] += f" {' and '.join(packed)}: {out}"
    if "brotli" not in packed:
        lines.append("Without brotli, which is not installed; pip install 'serverless-function-adapter[site]' has it.")
    folder = shlex.quote(out)
    unpacked = "--exclude '*.gz' --exclude '*.br'"
    return "\n".join(
        [
            *lines,
            f"The headers for each file stand in {out}/{HEADERS}. To S3 (CloudFront packs by itself), in this order:",
            f"  aws s3 sync {folder}/static s3://BUCKET/static {unpacked} --cache-control '{FOREVER}'",
            f"  aws s3 sync {folder} s3://BUCKET {unpacked} --exclude 'static/*' --exclude {HEADERS}"
            " --cache-control no-cache",
        ]
    )
