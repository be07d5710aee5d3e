"""What an app's author wants in the page's head: HTML, as the elements that the page may make of it."""

from __future__ import annotations

import logging
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from adapter.components.page_assets import own_scripts

logger = logging.getLogger("adapter.head")

RUN = frozenset({"", "text/javascript", "application/javascript", "text/ecmascript", "application/x-javascript"})
VOID = frozenset({"meta", "link", "base"})
KEPT = {
    "script": frozenset({"id", "type", "src", "class", "async"}),
    "style": frozenset({"id", "media"}),
    "link": frozenset({"rel", "href", "type", "sizes", "media", "id"}),
    "meta": frozenset({"name", "property", "content", "itemprop"}),
}
"""The elements that the page makes, and their attributes, beside those that begin with ``data-``."""


def parts(source: str) -> list[dict[str, Any]]:
    """Return the elements of ``source`` in order, each with its ``tag``, its ``attributes``, and what is in it.

    A script that stands in the text becomes a file of the page, named in ``script``. What the page's policy does
    not load from elsewhere is left out, and the log says so.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return [part for element in reader.found if (part := _part(*element)) is not None]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, []))
        self._open = tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1][2].append(data)


def _part(tag: str, attributes: dict[str, str], texts: list[str]) -> dict[str, Any] | None:
    if tag not in KEPT:
        return None
    kept = {name: value for name, value in attributes.items() if name in KEPT[tag] or name.startswith("data-")}
    part: dict[str, Any] = {"tag": tag, "attributes": kept}
    text = "".join(texts)
    if tag == "meta":
        return part if {"name", "property", "itemprop"} & kept.keys() else None
    if tag == "style":
        return {**part, "text": text}
    address = kept.get("src" if tag == "script" else "href", "")
    if _elsewhere(address):
        logger.warning(
            "head=… has <%s> of %s, which the page's Content-Security-Policy does not load: lay the file beside the "
            "script, name it in gr.set_static_paths, and give its address: /gradio_api/file=PATH.",
            tag,
            address,
        )
        return None
    if tag == "link" or address:
        return part
    return _script(part, text)


def _script(part: dict[str, Any], text: str) -> dict[str, Any] | None:
    kind = part["attributes"].get("type", "").strip().lower()
    if kind == "importmap":
        logger.warning("head=… has an import map, which the page does not take: write the addresses into the scripts.")
        return None
    if kind not in RUN and kind != "module":
        return {**part, "text": text}  # data for other scripts
    name = own_scripts.module(text) if kind == "module" else own_scripts.plain(text)
    return None if name is None else {**part, "script": name}


def _elsewhere(address: str) -> bool:
    found = urlsplit(address.strip())
    return bool(found.netloc) or found.scheme not in ("", "data")
