"""Components by name."""

from __future__ import annotations

import pytest

from adapter.app.blocks import Blocks
from adapter.components.choice import CheckboxGroup
from adapter.components.number import Slider
from adapter.components.shortcuts import SHORTCUTS, component, kind
from adapter.components.state import State
from adapter.components.text import TextArea, Textbox
from adapter.errors import ConfigurationError
from tests.components.conftest import KINDS


@pytest.mark.parametrize("name", sorted(SHORTCUTS))
def test_every_shortcut_makes_a_component(name: str) -> None:
    """Each name gives a new component of its kind."""
    assert type(component(name)) is kind(name)
    assert component(name) is not component(name)


def test_every_component_has_a_shortcut() -> None:
    """A component's class name, in small letters, is a shortcut for it, but for one that only warns."""
    components = {name for name, kind in KINDS.items() if hasattr(kind, "preprocess")} - {"DuplicateButton"}

    assert {name.lower() for name in components} <= set(SHORTCUTS)


@pytest.mark.parametrize("name", ["textbox", "Textbox", "TEXTBOX", " text_box "])
def test_spelling_does_not_matter(name: str) -> None:
    """Capitals, underscores and space around do not matter."""
    assert isinstance(component(name), Textbox)


def test_names_of_gradio() -> None:
    """Gradio's other names are there: text, textarea, state, checkboxgroup."""
    kinds = {"text": Textbox, "textarea": TextArea, "state": State, "checkbox_group": CheckboxGroup}

    assert {name: type(component(name)) for name in kinds} == kinds


def test_instances_are_taken_as_they_are() -> None:
    """A component stands for itself."""
    textbox = Textbox()

    assert component(textbox) is textbox


def test_mappings_give_arguments() -> None:
    """A mapping of name and arguments makes that component, and stays as it was."""
    described = {"name": "slider", "minimum": 1, "maximum": 5}
    slider = component(described)

    assert isinstance(slider, Slider)
    assert (slider.minimum, slider.maximum) == (1, 5)
    assert described["name"] == "slider"


def test_components_by_name_are_not_rendered() -> None:
    """A shortcut makes a component outside the page, unless it is told to."""
    with Blocks() as demo:
        component("button")
        rendered = component("button", render=True)

    assert demo.children == [rendered]


def test_unknown_names_list_what_there_is() -> None:
    """An unknown name is an error with the known ones."""
    with pytest.raises(ConfigurationError, match=r"no component 'hologram'; there are annotatedimage, .*textbox"):
        component("hologram")


def test_classes_are_to_be_called() -> None:
    """A class in place of a component is an error that says to call it."""
    with pytest.raises(ConfigurationError, match="call it: Textbox\\(\\)"):
        component(Textbox)
    with pytest.raises(ConfigurationError, match="got 3 \\(int\\)"):
        component(3)
