"""What a page loads at once."""

from __future__ import annotations

import re

from adapter.web.modules import needed, seen
from adapter.web.page_files import FRONTEND


def test_a_page_asks_for_what_it_uses_and_for_nothing_else() -> None:
    """The modules that every page has come with those of its components, and with what these import."""
    assert needed([]) == ["main.js"]
    assert set(needed(["textbox", "state", "unheard-of"])) == {"main.js", "components/controls.js"}
    assert set(needed(["chatbot"])) == {"main.js", "components/chatbot.js", "components/markdown.js"}


def test_the_types_of_a_module_are_those_that_the_page_loads_it_for() -> None:
    """The page's own table says the same as the modules."""
    [table] = re.findall(r"const MODULES = \{(.*?)\n\};", (FRONTEND / "tree.js").read_text("utf-8"), re.DOTALL)
    for module, types in re.findall(r"(\w+): \[(.*?)\]", table):
        for kind in re.findall(r'"(\w+)"', types):
            assert f"components/{module}.js" in needed([kind])


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
    assert seen({"components": parts, "dependencies": listeners}) == ["textbox", "code"]
