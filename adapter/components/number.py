"""Numbers: typed, or chosen on a slider."""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import FormComponent, toolbar
from adapter.components.events import Event
from adapter.components.options import ComponentOptions
from adapter.components.values import number
from adapter.errors import InvalidInput

LARGEST = sys.float_info.max
"""The number furthest from 0 that is taken: JSON's other readers have no larger ones."""


class Number(FormComponent):
    """A number; the function gets and returns an ``int`` or ``float``.

    Args:
        value: the number at first, or a function that gives it whenever the page loads.
        placeholder: a hint shown while it is empty.
        buttons: Button instances in its corner.
        precision: digits after the point that are kept, both ways; 0 makes it an ``int``, ``None``
            leaves it as it is.
        minimum: least number that is taken.
        maximum: greatest number that is taken.
        step: what the arrows add or take away.
        options: see `ComponentOptions`.
    """

    TYPE: ClassVar[str] = "number"
    PROPS: ClassVar[tuple[str, ...]] = ("placeholder", "buttons", "precision", "minimum", "maximum", "step")
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("minimum", "maximum", "precision")
    change = Event()
    input = Event()
    submit = Event()
    focus = Event()
    blur = Event()

    def __init__(
        self,
        value: float | Callable[..., Any] | None = None,
        *,
        placeholder: str | None = None,
        buttons: list[Any] | None = None,
        precision: int | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        step: float = 1,
        **options: Unpack[ComponentOptions],
    ) -> None:
        self.placeholder = placeholder
        self.buttons = toolbar(buttons)
        self.precision = precision
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> int | float | None:
        """Return the number, rounded to ``precision``; no text is taken for a number.

        Raises:
            InvalidInput: it is no number, or outside the limits.
        """
        if data is None:
            return None
        return round_to(within(self, data, self.minimum, self.maximum), self.precision)

    def postprocess(self, value: Any) -> int | float | str | None:
        """Return the number rounded to ``precision``, NaN as ``None``; a text stays one where nothing is rounded."""
        return shown(self, value, self.precision)

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer" if self.precision == 0 else "number"}

    def example_payload(self) -> Any:
        return round_to(3 if self.minimum is None else self.minimum, self.precision)


class Slider(FormComponent):
    """A number between two others, chosen by sliding; the function gets and returns an ``int`` or ``float``.

    Args:
        minimum: the left end.
        maximum: the right end.
        value: the number at first, or a function that gives it; ``None`` for the left end.
        step: between two places; ``None`` for about a hundredth of the range, a power of ten.
        precision: as `Number`'s.
        randomize: whether every load of the page starts at a place by chance; ``value`` is then ignored.
        buttons: "reset".
        options: see `ComponentOptions`.

    Raises:
        ValueError: ``minimum`` is not less than ``maximum``.
    """

    TYPE: ClassVar[str] = "slider"
    PROPS: ClassVar[tuple[str, ...]] = ("minimum", "maximum", "step", "precision", "buttons")
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("minimum", "maximum", "precision")
    change = Event()
    input = Event()
    release = Event()

    def __init__(
        self,
        minimum: float = 0,
        maximum: float = 100,
        value: float | Callable[..., Any] | None = None,
        *,
        step: float | None = None,
        precision: int | None = None,
        randomize: bool = False,
        buttons: list[Literal["reset"]] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        if minimum >= maximum:
            raise ValueError(f"A slider's minimum is {minimum} and its maximum {maximum}; the minimum must be less.")
        self.minimum = minimum
        self.maximum = maximum
        self.step = 10 ** math.floor(math.log10(maximum - minimum) - 2) if step is None else step
        self.precision = precision
        self.buttons = buttons
        super().__init__(self.get_random_value if randomize else value, **options)

    def get_random_value(self) -> float:
        """Return one of the slider's places, by chance."""
        places = int((self.maximum - self.minimum) / self.step)
        # Adding steps of 0.1 gives 0.30000000000000004; the page shows as many digits as the step has.
        digits = len(str(self.step).partition(".")[2])
        return round(self.minimum + random.randint(0, places) * self.step, digits or None)  # noqa: S311

    def preprocess(self, data: Any) -> int | float:
        """Return the number, rounded to ``precision``.

        Raises:
            InvalidInput: it is no number, or beyond an end.
        """
        return round_to(within(self, data, self.minimum, self.maximum), self.precision)

    def postprocess(self, value: Any) -> int | float | str | None:
        """Return the number rounded to ``precision``, ``None`` as the left end."""
        return shown(self, self.minimum if value is None else value, self.precision)

    def api_info(self) -> dict[str, Any]:
        return {
            "type": "integer" if self.precision == 0 else "number",
            "description": f"numeric value between {self.minimum} and {self.maximum}",
        }

    def example_payload(self) -> Any:
        return self.minimum


def within(component: FormComponent, data: Any, minimum: float | None, maximum: float | None) -> int | float:
    """Return ``data`` if it is a finite number between the limits, else raise InvalidInput."""
    if isinstance(data, bool) or not isinstance(data, int | float) or not abs(data) <= LARGEST:
        raise component.invalid(data, "a finite number" if isinstance(data, int | float) else "a number")
    if minimum is not None and data < minimum:
        raise InvalidInput(f"Value {data} of {component.name()} is less than minimum value {minimum}.")
    if maximum is not None and data > maximum:
        raise InvalidInput(f"Value {data} of {component.name()} is greater than maximum value {maximum}.")
    return data


def round_to(value: float, precision: int | None) -> int | float:
    """Return ``value`` with ``precision`` digits after the point: an ``int`` for 0, as it is for ``None``."""
    if precision is None:
        return value
    return int(round(value, precision)) if precision == 0 else round(value, precision)


def shown(component: FormComponent, value: Any, precision: int | None) -> int | float | str | None:
    """Return a returned value as the wire's number.

    Raises:
        TypeError: it is no number; a text passes where nothing is to be rounded, as in Gradio.
    """
    if value is None or (isinstance(value, str) and precision is None):
        return value
    try:
        found = number(value)
    except TypeError as error:
        raise TypeError(f"{component.name()} shows a number; got {error}") from None
    return None if found is None else round_to(found, precision)
