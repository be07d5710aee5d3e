"""Components by name: ``"textbox"`` for ``Textbox()``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adapter.components.base import Component
from adapter.components.button import Button, ClearButton
from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from adapter.components.code import Code
from adapter.components.color_picker import ColorPicker
from adapter.components.data import JSON, Label
from adapter.components.date_time import DateTime
from adapter.components.highlighted_text import HighlightedText
from adapter.components.html import HTML
from adapter.components.number import Number, Slider
from adapter.components.state import State
from adapter.components.text import Markdown, TextArea, Textbox
from adapter.components.timer import Timer
from adapter.errors import ConfigurationError

_KINDS: tuple[type[Component], ...] = (
    *(Textbox, TextArea, Markdown, Number, Slider, Checkbox, CheckboxGroup, Radio, Dropdown),
    *(JSON, Label, Button, ClearButton, State, Code, ColorPicker, DateTime, HighlightedText, HTML, Timer),
)

SHORTCUTS: dict[str, Callable[..., Component]] = {**{kind.__name__.lower(): kind for kind in _KINDS}, "text": Textbox}
"""What makes a component of a name; names in small letters, without underscores."""


def component(item: Any, *, render: bool = False) -> Component:
    """Return the component that ``item`` names, is, or describes.

    Args:
        item: a name as in `SHORTCUTS` (capitals and underscores do not matter), a component, or a
            mapping of "name" and arguments.
        render: whether a component made here is put into the Blocks that is open.

    Raises:
        ConfigurationError: there is no component of that name, or ``item`` is none of the three.
    """
    if isinstance(item, Component):
        return item
    if isinstance(item, str):
        return _kind(item)(render=render)
    if isinstance(item, Mapping) and isinstance(item.get("name"), str):
        arguments = {name: value for name, value in item.items() if name != "name"}
        return _kind(item["name"])(**arguments, render=render)
    hint = f"; call it: {item.__name__}()" if isinstance(item, type) and issubclass(item, Component) else ""
    raise ConfigurationError(f"A component is wanted, or the name of one; got {item!r} ({type(item).__name__}){hint}.")


def _kind(name: str) -> Callable[..., Component]:
    kind = SHORTCUTS.get(name.strip().lower().replace("_", ""))
    if kind is None:
        raise ConfigurationError(f"There is no component {name!r}; there are {', '.join(sorted(SHORTCUTS))}.")
    return kind
