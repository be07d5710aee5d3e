"""What functions return beside values."""

from __future__ import annotations

import pytest

from adapter.components.choice import Dropdown
from adapter.components.layout import Row
from adapter.components.number import Number
from adapter.components.text import Textbox
from adapter.components.updates import changes, is_update, outgoing, skip, update, with_changes
from adapter.errors import ConfigurationError, InvalidInput


def test_a_value_is_postprocessed() -> None:
    """A plain value goes to the wire by the component's postprocess."""
    assert outgoing(Number(precision=0), 2.6) == 3


def test_skip_changes_nothing() -> None:
    """``skip()``, an update of nothing and a component without arguments leave the output alone."""
    nothing = {"__type__": "update"}

    assert [outgoing(Textbox(), returned) for returned in (skip(), update(), Textbox())] == [nothing] * 3


def test_update_without_value_keeps_it() -> None:
    """Only what is given is sent; ``value`` only if it is given, ``None`` too."""
    assert outgoing(Textbox("a"), update(lines=2)) == {"__type__": "update", "lines": 2}
    assert outgoing(Textbox("a"), update(value=None)) == {"__type__": "update", "value": None}
    assert outgoing(Textbox("a"), update(visible=None, lines=None)) == {"__type__": "update"}


def test_value_counts_with_the_new_properties() -> None:
    """A value is postprocessed as the changed component would."""
    assert outgoing(Number(), update(value=2.6, precision=0)) == {"__type__": "update", "value": 3, "precision": 0}
    assert outgoing(Number(precision=0), Number(value=2.6)) == {"__type__": "update", "value": 3}


def test_positional_arguments_of_an_instance_count() -> None:
    """What is given by position is a change like what is given by name."""
    sent = outgoing(Dropdown(), Dropdown(["a", ("B", "b")], value="b"))

    assert sent == {"__type__": "update", "choices": [("a", "a"), ("B", "b")], "value": "b"}


def test_layouts_take_updates_only() -> None:
    """A layout among the outputs can be changed; a value for it is a mistake that is named."""
    assert outgoing(Row(), update(visible=False)) == {"__type__": "update", "visible": False}
    assert outgoing(Row(), Row(visible=False)) == {"__type__": "update", "visible": False}
    with pytest.raises(ConfigurationError, match="shows no value; got str"):
        outgoing(Row(), "hello")


def test_unknown_properties_are_refused() -> None:
    """An update of what the component does not have is a TypeError that names it."""
    with pytest.raises(TypeError, match="colour"):
        outgoing(Textbox(), update(colour="red"))


def test_dicts_of_users_are_values() -> None:
    """Only what ``update`` and ``skip`` return is an update."""
    assert not is_update({"type": "update"})
    assert not is_update(Textbox())
    assert is_update(skip())


def test_a_changed_component_takes_the_new_choices() -> None:
    """After an update, data is preprocessed by the changed component: of the same id and label."""
    dropdown = Dropdown(["a"], label="Letter")
    new = with_changes(dropdown, changes(dropdown, update(choices=["b"], value="b")))

    assert isinstance(new, Dropdown)
    assert (new.id, new.label) == (dropdown.id, "Letter")
    assert new.preprocess("b") == "b"
    with pytest.raises(InvalidInput, match="'Letter' is not in the list of choices: \\['b'\\]"):
        new.preprocess("a")


def test_a_label_that_was_given_later_stays() -> None:
    """An Interface names its components after parameters; a changed component keeps that name."""
    number = Number()
    number.label = "score"

    assert with_changes(number, {"minimum": 1}).label == "score"  # type: ignore[attr-defined]
    assert with_changes(number, {"label": "Score"}).label == "Score"  # type: ignore[attr-defined]


def test_initial_functions_are_not_called_again() -> None:
    """A callable value is the page's; an update does not call it."""
    calls: list[int] = []

    def first() -> str:
        calls.append(1)
        return "a"

    textbox = Textbox(first)
    outgoing(textbox, update(lines=3))

    assert len(calls) == 1
