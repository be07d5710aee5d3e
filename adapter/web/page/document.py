"""The page's document for one app, and the policy that it comes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from adapter.components.page_assets import own_scripts
from adapter.gradio_api.json import dumps
from adapter.web.page.files import ROOT, PageFiles
from adapter.web.page.preloads import needed, own, seen

TITLE_MARK = "<title>App</title>"
POLICY_MARK = "<!-- policy -->\n"
STYLE_MARK = '<link rel="stylesheet" href="static/style.css">'
SCRIPT_MARK = f'<script type="module" src="static/{ROOT}"></script>'
PRELOADS_MARK = "<!-- preloads -->"
CONFIG_MARK = 'id="config"></script>'
STYLE = "style.css"
FOREVER = "public, max-age=31536000, immutable"


def policy(*origins: str, frame_ancestors: Sequence[str] = ()) -> str:
    """Return the Content Security Policy: no script but the page's own files runs, whatever a function returns.

    Args:
        origins: others that the page may fetch and show files from: the API's, where it is another one.
        frame_ancestors: whose pages may show this one in a frame; none where the policy stands in the page itself,
            which cannot say it.
    """
    framed = f"; frame-ancestors {' '.join(frame_ancestors)}" if frame_ancestors else ""
    own = " ".join(("'self'", *origins))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {own} data: blob:; media-src {own} blob:; "
        f"font-src 'self'; connect-src {own}; base-uri 'none'; form-action 'none'{framed}"
    )


def page(
    config: Mapping[str, Any],
    files: PageFiles,
    *,
    folder: str,
    integrity: Mapping[str, str] | None = None,
    policy: str | None = None,
) -> bytes:
    """Return the document of an app, its config inside: opening it needs no request to the API.

    Args:
        config: what ``/config`` would answer.
        files: the page's.
        folder: their address, with a slash at its end.
        integrity: of the files, as in the attribute of that name, by their paths; left out if ``None``.
        policy: for a server that cannot be told to send it as a header.
    """
    scripts = config.get("scripts")
    if scripts is not None and integrity:
        sealed = {name: seal for name, seal in integrity.items() if name.startswith(own_scripts.FOLDER)}
        config = {**config, "scripts": {**scripts, "sealed": sealed}}
    safe = dumps(config).replace(b"<", b"\\u003c").decode()  # "</script>" in a label must not end the block

    def address(name: str) -> str:
        sealed = f' integrity="{integrity[name]}"' if integrity else ""
        return f'"{escape(folder + name)}"{sealed}'

    modules = needed(seen(config), files, scripts=scripts is not None)
    preloads = [f'<link rel="modulepreload" href={address(name)}>' for name in modules if name != ROOT]
    sheets = dict.fromkeys(sheet for name in modules for sheet in files.styles.get(name, ()))
    preloads += [
        f'<link rel="preload" as="style" href="{escape(folder + name)}">' for name in sheets
    ]  # asked for unsealed
    preloads += [f'<link rel="preload" as="script" href={address(name)}>' for name in own(config)]
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n' if policy else ""
    marks = {
        TITLE_MARK: f"<title>{escape(config['title'])}</title>",
        POLICY_MARK: meta,
        STYLE_MARK: f'<link rel="stylesheet" href={address(STYLE)}>',
        PRELOADS_MARK: "\n".join(preloads),
        SCRIPT_MARK: f'<script type="module" src={address(ROOT)}></script>',
        CONFIG_MARK: f'id="config">{safe}</script>',
    }
    text = files.document
    for mark, meant in marks.items():
        if mark not in text:
            raise ValueError(f"the page's document has no {mark!r}; put it back.")
        text = text.replace(mark, meant, 1)
    return text.encode()
