"""Layouts: where blocks come to stand, and what is put around them."""

from __future__ import annotations

from typing import Any

import pytest

from adapter.app.blocks import Blocks
from adapter.components.base import Block
from adapter.components.button import Button
from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from adapter.components.data import JSON
from adapter.components.layout import Accordion, Column, Form, Group, Row, Tab, Tabs
from adapter.components.number import Number, Slider
from adapter.components.state import State
from adapter.components.text import Markdown, Textbox
from adapter.components.timer import Timer
from adapter.errors import ConfigurationError
from tests.components.conftest import FACTS


def test_tree_is_gradios() -> None:
    """Forms and tabs are put around blocks where Gradio puts them, with Gradio's sizes."""
    with Blocks() as demo:
        Textbox()
        State()
        Number(scale=2)
        Button()
        with Row():
            Textbox(scale=3)
            Checkbox(min_width=50)
            Markdown()
            Slider(container=False)
            Radio()
        with Row(equal_height=True), Column():
            Textbox()
            Textbox(scale=2)
        with Tab("One"):
            Textbox()
        with Tab("Two"):
            Button()
        Markdown()
        with Tabs(), Tab("Three"):
            Dropdown()
        with Row(variant="compact"):
            Textbox()
            Number()
        with Group(), Accordion("More"):
            JSON()
            CheckboxGroup()

    assert {"type": "blocks", "children": [tree(child) for child in demo.children]} == FACTS["tree"]


def test_blocks_inside_a_layout_are_its_children() -> None:
    """What is made while a ``with`` is open stands in that layout; what follows does not."""
    with Blocks() as demo:
        with Row() as row:
            inside = Button()
            with Column() as column:
                deep = Button()
        after = Button()

    assert demo.children == [row, after]
    assert row.children == [inside, column]
    assert (deep.parent, column.parent) == (column, row)


def test_opening_again_adds() -> None:
    """A layout can be opened twice; the second time adds to the first."""
    with Blocks():
        with Row() as row:
            first = Button()
        with row:
            second = Button()

    assert row.children == [first, second]


def test_forms_are_on_the_page() -> None:
    """A form that was put around components has an entry in the config."""
    with Blocks() as demo:
        Textbox(key="k")

    form = demo.children[0]
    assert isinstance(form, Form)
    assert form.id in demo.blocks
    assert form.key == ("k", "_parent")


def test_clocks_do_not_part_a_form() -> None:
    """A timer or a State between two components leaves them in one form."""
    with Blocks() as demo:
        first = Textbox()
        Timer()
        State()
        second = Textbox()

    assert demo.children[0].children == [first, second]


def test_layouts_need_a_page() -> None:
    """Opening a layout outside a Blocks says what to do."""
    with pytest.raises(ConfigurationError, match=r"with gr\.Blocks"), Row():
        pass


def test_failure_inside_leaves_the_container() -> None:
    """After an exception inside a layout the next block stands outside it."""
    with Blocks() as demo:
        with pytest.raises(ZeroDivisionError), Row() as row:
            raise ZeroDivisionError
        after = Button()

    assert demo.children == [row, after]


def test_tabs_hold_tabs() -> None:
    """Other blocks in Tabs are a mistake that is warned of."""
    with Blocks(), pytest.warns(UserWarning, match="Tabs\\(\\) holds only Tab"), Tabs():
        Button()


@pytest.mark.parametrize(("kind", "argument"), [(Tabs, {"overflow_behavior": "hide"}), (Tab, {"alignment": "up"})])
def test_wrong_words_are_refused(kind: Any, argument: dict[str, str]) -> None:
    """A word that means nothing raises at once and names what is wanted."""
    with pytest.raises(ValueError, match="it must be"):
        kind(**argument)


def test_a_tab_keeps_both_ids() -> None:
    """A tab's own ``id`` stands in its props; its number in the config is another."""
    tab = Tab("T", id="mine")

    assert tab.config()["props"]["id"] == "mine"
    assert tab.config()["id"] == tab.id


def tree(block: Block) -> dict[str, Any]:
    """Return the types of the blocks from ``block`` down, with the sizes of forms."""
    sizes = {"scale": block.scale, "min_width": block.min_width} if isinstance(block, Form) else {}
    children = {"children": [tree(child) for child in block.children]} if block.children else {}
    return {"type": block.TYPE, **sizes, **children}
