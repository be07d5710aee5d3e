"""What a page loads at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.components.base import Block
from adapter.errors import ConfigurationError
from adapter.web.page import preloads
from adapter.web.page.files import FRONTEND, page_files
from adapter.web.page.preloads import seen


def test_a_page_asks_for_what_it_uses_and_for_nothing_else() -> None:
    """The modules that every page has come with those of its components, and with what these import."""
    assert needed([]) == ["main.js"]
    assert set(needed(of("textbox", "state", "unheard-of"))) == {"main.js", "components/controls.js"}
    chat = {"components/chatbot.js", "components/markdown.js"}
    assert set(needed(of("chatbot"))) == {"main.js", *chat}


def test_the_types_of_a_module_are_those_that_the_page_loads_it_for() -> None:
    """The page's own table says the same as the modules."""
    [table] = re.findall(r"const MODULES = \{(.*?)\n\};", (FRONTEND / "build.js").read_text("utf-8"), re.DOTALL)
    for module, types in re.findall(r"(\w+): \[(.*?)\]", table):
        for kind in re.findall(r'"(\w+)"', types):
            assert f"components/{module}.js" in needed(of(kind))


def test_what_only_the_api_uses_is_not_loaded() -> None:
    """A hidden component that no event of the page can show needs no module."""
    parts = [
        {"id": 1, "type": "textbox", "props": {}},
        {"id": 2, "type": "json", "props": {"visible": False}},
        {"id": 3, "type": "code", "props": {"visible": False}},
    ]
    listeners = [
        {"targets": [], "inputs": [1], "outputs": [2]},
        {"targets": [(1, "submit")], "inputs": [1], "outputs": [3]},
    ]
    assert [one["type"] for one in seen({"components": parts, "dependencies": listeners})] == ["textbox", "code"]


def test_a_component_of_somebody_elses_brings_its_module(tmp_path: Path) -> None:
    """It stands among the page's files, beside what it imports from the page, under a name of its content."""
    place = tmp_path / "dial.js"
    body = "const text = `\n  // stays\n`;\nexport const components = { dial: Component };\n"
    place.write_text('import { Component } from "../../tree.js";\n' + body)

    class Dial(gr.Component):
        TYPE = "dial"
        MODULE = place

        def postprocess(self, value: Any) -> Any:
            return value

    before = page_files().version
    name = str(Block.config(Dial(render=False))["module"])

    assert re.fullmatch(r"components/custom/dial-[0-9a-f]{8}\.js", name)
    assert page_files().contents[name].decode() == 'import { Component } from "../../main.js";\n' + body
    assert needed([{"type": "dial", "module": name}]) == ["main.js", name]
    place.write_text("export const components = {};\n")
    assert page_files().version != before  # a page that is open keeps what it has, a new one asks for what is new


@pytest.mark.parametrize(
    ("kind", "file"), [("Dial", "dial.js"), ("a/b", "dial.js"), ("", "dial.js"), ("dial", "none.js")]
)
def test_a_module_that_cannot_be_served_is_told(tmp_path: Path, kind: str, file: str) -> None:
    """When the class is made, with the attribute that is wrong."""
    (tmp_path / "dial.js").touch()
    with pytest.raises(ConfigurationError, match=r"TYPE|MODULE"):
        type("Dial", (gr.Component,), {"TYPE": kind, "MODULE": tmp_path / file})


def needed(entries: list[dict[str, Any]]) -> list[str]:
    """Return the modules of a page as its files are now."""
    return preloads.needed(entries, page_files())


def of(*types: str) -> list[dict[str, Any]]:
    """Return entries of the config, one for each type."""
    return [{"type": kind} for kind in types]
