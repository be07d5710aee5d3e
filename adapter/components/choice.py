"""Choices: yes or no, one of several, some of several."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import FormComponent, toolbar
from adapter.components.events import Event
from adapter.components.options import ComponentOptions
from adapter.components.values import scalar
from adapter.errors import InvalidInput, TooLarge

Choice = str | int | float | tuple[str, str | int | float]
"""An option of a list: its value, or its visible name and its value."""
Returned = Literal["value", "index"]
"""Whether the function gets a choice's value or its place in the list."""


class _First:
    """Stands for the value that is not given: the first choice."""


_FIRST = _First()


class Checkbox(FormComponent):
    """A tick; the function gets and returns a ``bool``.

    Args:
        value: whether it is ticked at first, or a function that says so.
        buttons: Button instances in its corner.
        options: see `ComponentOptions`.
    """

    TYPE: ClassVar[str] = "checkbox"
    PROPS: ClassVar[tuple[str, ...]] = ("buttons",)
    change = Event()
    input = Event()
    select = Event()

    def __init__(
        self,
        value: bool | Callable[..., Any] = False,
        *,
        buttons: list[Any] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> bool | None:
        if data is not None and not isinstance(data, bool):
            raise self.invalid(data, "true or false")
        return data

    def postprocess(self, value: Any) -> bool:
        return bool(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def example_payload(self) -> Any:
        return True

    def attributes(self) -> dict[str, Any]:
        # The label stands beside the box and is no heading that could be hidden.
        return super().attributes() | ({} if self.label is None else {"show_label": True})


class ChoiceComponent(FormComponent):
    """What the components with a list of choices share.

    Attributes:
        choices: pairs of visible name and value.
        type: whether the function gets values or places.
    """

    CHECKED_BY: ClassVar[tuple[str, ...]] = ("choices", "type", "multiselect", "allow_custom_value")

    def __init__(
        self,
        choices: Sequence[Choice] | None,
        value: Any,
        *,
        type: Returned,
        buttons: list[Any] | None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        if type not in ("value", "index"):
            raise ValueError(f"type is {type!r}; it must be 'value' or 'index'.")
        self.choices = pairs(choices)
        self.type = type
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def values(self) -> list[Any]:
        """Return the choices' values."""
        return [value for _, value in self.choices]

    def check(self, data: Any) -> Any:
        """Return ``data`` if it is one of the choices, else raise InvalidInput."""
        if isinstance(data, list | dict | bool) or data is None:
            raise self.invalid(data, "one of its choices")
        if data not in self.values():
            shown = ", ".join(map(repr, self.values()[:20])) + (", …" if len(self.choices) > 20 else "")
            raise InvalidInput(
                f"Value: {data!r} (type: {type(data).__name__}) of {self.name()} is not in the list of "
                f"choices: [{shown}]"
            )
        return data

    def chosen(self, data: Any) -> Any:
        """Return what the function gets for the choice ``data``."""
        if self.type == "value":
            return data
        values = self.values()
        return values.index(data) if data in values else None

    def each_chosen(self, data: Any, *, bounded: bool = True) -> list[Any]:
        """Return what the function gets for a list of choices.

        Args:
            data: off the wire.
            bounded: whether there can be no more than there are choices.

        Raises:
            InvalidInput: it is no list, or one of them is no choice.
            TooLarge: there are more.
        """
        if not isinstance(data, list):
            raise self.invalid(data, "a list of its choices")
        most = len(self.choices) if bounded else len(data)
        chosen = [self.chosen(self.check(item)) for item in data[: most + 1]]
        if len(data) > most:
            raise TooLarge(f"{self.name()} has {most:,} choices, and {len(data):,} are chosen; choose each once.")
        return chosen


class CheckboxGroup(ChoiceComponent):
    """Ticks for some of several choices; the function gets and returns a list.

    Args:
        choices: values, or pairs of visible name and value.
        value: those ticked at first, one alone, or a function that gives them.
        type: "value" for the choices' values, "index" for their places.
        show_select_all: whether one box ticks them all.
        buttons: Button instances in its corner.
        options: see `ComponentOptions`.
    """

    TYPE: ClassVar[str] = "checkboxgroup"
    PROPS: ClassVar[tuple[str, ...]] = ("choices", "type", "show_select_all", "buttons")
    change = Event()
    input = Event()
    select = Event()

    def __init__(
        self,
        choices: Sequence[Choice] | None = None,
        *,
        value: Sequence[str | float] | str | float | Callable[..., Any] | None = None,
        type: Returned = "value",
        show_select_all: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        self.show_select_all = show_select_all
        super().__init__(choices, value, type=type, buttons=buttons, **options)

    def preprocess(self, data: Any) -> list[Any]:
        return self.each_chosen(data)

    def postprocess(self, value: Any) -> list[Any]:
        return [] if value is None else value_list(value)

    def api_info(self) -> dict[str, Any]:
        return {"items": {"enum": self.values(), "type": "string"}, "title": "Checkbox Group", "type": "array"}

    def example_payload(self) -> Any:
        return self.values()[:1] or None


class Radio(ChoiceComponent):
    """Buttons of which one is on; the function gets and returns its value.

    Args:
        choices: values, or pairs of visible name and value.
        value: the one that is on at first, or a function that gives it; ``None`` for none.
        type: "value" for the choice's value, "index" for its place.
        rtl: whether they run from right to left.
        buttons: Button instances in its corner.
        options: see `ComponentOptions`.
    """

    TYPE: ClassVar[str] = "radio"
    PROPS: ClassVar[tuple[str, ...]] = ("choices", "type", "rtl", "buttons")
    select = Event()
    change = Event()
    input = Event()

    def __init__(
        self,
        choices: Sequence[Choice] | None = None,
        *,
        value: str | float | Callable[..., Any] | None = None,
        type: Returned = "value",
        rtl: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        self.rtl = rtl
        super().__init__(choices, value, type=type, buttons=buttons, **options)

    def preprocess(self, data: Any) -> Any:
        return None if data is None else self.chosen(self.check(data))

    def postprocess(self, value: Any) -> Any:
        return scalar(value)

    def api_info(self) -> dict[str, Any]:
        return {"enum": self.values(), "title": "Radio", "type": "string"}

    def example_payload(self) -> Any:
        return next(iter(self.values()), None)


class Dropdown(ChoiceComponent):
    """A list that opens; the function gets and returns one value, or a list with ``multiselect``.

    Args:
        choices: values, or pairs of visible name and value.
        value: what is chosen at first, or a function that gives it; left out, the first choice (none
            with ``multiselect``); ``None`` for none.
        type: "value" for the choice's value, "index" for its place.
        multiselect: whether several can be chosen.
        allow_custom_value: whether other values can be typed.
        max_choices: how many can be chosen on the page with ``multiselect``; ``None`` for all.
        num_choices_shown: how many are shown at once; ``None`` for all.
        filterable: whether typing narrows the list.
        buttons: Button instances in its corner.
        options: see `ComponentOptions`.

    Raises:
        ValueError: ``type`` is neither of the two, or ``num_choices_shown`` is not positive.
    """

    TYPE: ClassVar[str] = "dropdown"
    PROPS: ClassVar[tuple[str, ...]] = (
        *("choices", "type", "multiselect", "allow_custom_value", "max_choices", "num_choices_shown"),
        *("filterable", "buttons"),
    )
    change = Event()
    input = Event()
    select = Event()
    focus = Event()
    blur = Event()
    key_up = Event()

    def __init__(
        self,
        choices: Sequence[Choice] | None = None,
        *,
        value: str | float | Sequence[str | float] | Callable[..., Any] | _First | None = _FIRST,
        type: Returned = "value",
        multiselect: bool | None = None,
        allow_custom_value: bool = False,
        max_choices: int | None = None,
        num_choices_shown: int | None = 100,
        filterable: bool = True,
        buttons: list[Any] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        if num_choices_shown is not None and num_choices_shown <= 0:
            raise ValueError(f"num_choices_shown is {num_choices_shown}; it must be at least 1.")
        if max_choices is not None and not multiselect:
            warnings.warn("max_choices has no effect without multiselect=True.", stacklevel=2)
        if allow_custom_value and not filterable:
            warnings.warn(
                "A dropdown that takes other values is filterable; filterable=False is ignored.", stacklevel=2
            )
            filterable = True
        if isinstance(value, _First):
            value = [] if multiselect else next((value for _, value in pairs(choices)), None)
        self.multiselect = multiselect
        self.allow_custom_value = allow_custom_value
        self.max_choices = max_choices
        self.num_choices_shown = num_choices_shown
        self.filterable = filterable
        super().__init__(choices, value, type=type, buttons=buttons, **options)
        self._warn_of_strangers()

    def check(self, data: Any) -> Any:
        if self.allow_custom_value and isinstance(data, str | int | float) and not isinstance(data, bool):
            return data
        return super().check(data)

    def preprocess(self, data: Any) -> Any:
        if data is None:
            return None
        if self.multiselect:
            # one value alone is what a page has that showed one until a function made it several
            several = data if isinstance(data, list) else [data]
            return self.each_chosen(several, bounded=not self.allow_custom_value)
        return self.chosen(self.check(data))

    def postprocess(self, value: Any) -> Any:
        return value_list(value) if self.multiselect and value is not None else scalar(value)

    def api_info(self) -> dict[str, Any]:
        one = {"type": "string", "enum": self.values()}
        return {"type": "array", "items": one} if self.multiselect else one

    def example_payload(self) -> Any:
        return self.values()[:1] if self.multiselect else next(iter(self.values()), None)

    def _warn_of_strangers(self) -> None:
        # Only a value given together with choices: another may belong to choices of an update.
        chosen = self.value if isinstance(self.value, list) else [self.value]
        strangers = [value for value in chosen if value is not None and value not in self.values()]
        if strangers and self.choices and not self.allow_custom_value:
            warnings.warn(
                f"The value {strangers[0]!r} of {self.name()} is not among its choices; add it there or set "
                "allow_custom_value=True.",
                stacklevel=3,
            )


def pairs(choices: Sequence[Choice] | None) -> list[tuple[str, Any]]:
    """Return ``choices`` as pairs of visible name and value."""
    return [(one[0], one[1]) if isinstance(one, tuple | list) else (str(one), one) for one in choices or ()]


def value_list(value: Any) -> list[Any]:
    """Return ``value`` as a list; one value alone as a list of it, an array as its items."""
    if callable(getattr(value, "tolist", None)):
        value = value.tolist()
    return [scalar(item) for item in value] if isinstance(value, list | tuple | set | frozenset) else [value]
