"""How the environments of a release come to the same values: by a folder, by the package, or by the store."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from adapter.app.blocks import Blocks
from adapter.errors import AdapterError, CannotRead, Conflict
from adapter.settings import Settings, app_folder, deployment, passing_texts
from adapter.state.codec.origin import own_modules
from adapter.state.session import global_key
from adapter.state.stores.base import Write, new_nonce, next_version
from adapter.state.warm_store import WarmStore

if TYPE_CHECKING:
    from adapter.app.release.snapshot import Snapshot

logger = logging.getLogger("adapter.app.release")

FOLDER = "adapter-release"
"""In a package: what its script drew when it was built. Without one, the first environment writes it into the store."""
KEPT_SECONDS = 90 * 24 * 60 * 60  # 90 days, in seconds: environments live for hours
"""How long the store keeps what a release drew."""


def agree(blocks: Blocks, settings: Settings, warm_store: WarmStore) -> None:
    """Give ``blocks`` what its release has drawn, or make it what the release has drawn, if it is the first.

    Args:
        blocks: the app, as its script has made it.
        settings: of the deployment.
        warm_store: where the app's state is.
    """
    if settings.release_folder is not None:
        _by_folder(blocks, Path(settings.release_folder))
    elif settings.on_lambda:
        packaged = Path(app_folder(), FOLDER)
        if packaged.is_dir():
            place = page_file(packaged, blocks)
            if place.is_file():  # only where something was drawn
                from adapter.app.release.snapshot import adopt

                adopt(blocks, _read(place))
        else:
            _by_store(blocks, warm_store)


def page_file(folder: Path, blocks: Blocks) -> Path:
    """Return where a release's folder keeps the values of one page: a process may open several."""
    return folder / f"page-{blocks.id}.bin"


def _by_folder(blocks: Blocks, folder: Path) -> None:
    from adapter.app.release.snapshot import adopt, snapshot  # a cold start with a package needs none of it

    place = page_file(folder, blocks)
    if not place.is_file() and _created(place, snapshot(blocks, passing=passing_texts()).to_bytes()):
        return
    changed = adopt(blocks, _read(place))
    if changed and _created(place.with_suffix(".told"), b""):
        _tell(changed)


def _by_store(blocks: Blocks, warm_store: WarmStore) -> None:
    from adapter.app.release.snapshot import adopt, read_snapshot, snapshot

    key = global_key(warm_store.app, f"(release) {release_name()}-{blocks.id}")
    try:
        record = warm_store.store.read([key]).get(key)
        payload = None if record is None else record.payload
        if payload is None:
            own = snapshot(blocks, passing=passing_texts()).to_bytes()
            expires_at = int(warm_store.clock()) + KEPT_SECONDS
            version = next_version(0, clock=warm_store.clock)
            try:
                warm_store.store.write([Write(key, own, version, new_nonce(), None, expires_at)])
                return
            except Conflict as conflict:
                payload = conflict.winners[key].payload
        changed = adopt(blocks, read_snapshot(payload)) if payload is not None else []
    except AdapterError as error:
        logger.error(
            "what the script drew by chance or by the clock may differ between environments: %s", error, exc_info=error
        )
        return
    if changed:
        _tell(changed)


def _tell(changed: list[str]) -> None:
    from adapter.app.release.snapshot import name_list

    logger.warning(
        "drawn by chance or by the clock when the script runs: %s. All environments of this release use the values of "
        "its first run.",
        name_list(changed),
    )


def release_name() -> str:
    """Return the name of what runs here: the app's code, the files beside it, and the function's own settings."""
    digest = hashlib.sha256(repr(deployment()).encode())
    for tag, module in sorted(own_modules().items()):
        digest.update(tag.encode() + b"\0")
        with contextlib.suppress(OSError):
            digest.update(Path(str(module.__file__)).read_bytes())
    with contextlib.suppress(OSError):
        for entry in sorted(os.scandir(app_folder()), key=lambda entry: entry.name):
            if entry.is_file():
                known = entry.stat()
                digest.update(f"{entry.name}\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]


def _read(place: Path) -> Snapshot:
    from adapter.app.release.snapshot import Snapshot, read_snapshot

    try:
        return read_snapshot(place.read_bytes())
    except CannotRead as error:
        logger.error("%s cannot be read: %s. Build the package again.", place, error)
        return Snapshot(b"", {}, {})


def _created(place: Path, content: bytes) -> bool:
    """Write a file that is not there yet; return whether this process did, and no other was quicker."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.link(partial, place)  # unlike a rename, it fails where another was quicker
    except FileExistsError:
        return False
    finally:
        os.unlink(partial)
    return True
