"""A component that a chat's message shows, as it came off the wire: what was sent, and nothing made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from adapter.components.base import Component
from adapter.components.shortcuts import SHORTCUTS, kind
from adapter.state.codec import register_type

PARTS = ("component", "value", "constructor_args", "props")
"""What the wire tells of a component in a message."""


class SentComponent:
    """A component in a message that a function gets: its value and its look, to read and to send again.

    Whoever sends a message may write anything into it, so that no component is made of it: no constructor
    runs, no file is opened. ``isinstance(sent, gr.Image)`` holds where an image was sent.

    Args:
        part: the message's part, with what `PARTS` names.

    Attributes:
        part: the same.
        value: what it shows, in the wire's form.

    Its other attributes are its properties, such as ``label``.
    """

    part: dict[str, Any]
    value: Any

    def __init__(self, part: Mapping[str, Any]) -> None:
        self.__dict__["part"] = {name: part[name] for name in PARTS}
        self.__dict__["value"] = part["value"]

    def __getattr__(self, name: str) -> Any:
        part = self.__dict__["part"]
        if name in part["props"] and not name.startswith("__"):
            return part["props"][name]
        kind = kind_of(part["component"])
        if kind is not None and name in (*kind.OPTIONS.__annotations__, *kind.PROPS):
            return None  # props without a value are not sent
        raise AttributeError(f"a {part['component']} in a message was sent without {name!r}")

    @property
    def __class__(self) -> type:
        """The component's class, which ``isinstance`` asks for; what is not loaded yet is loaded for it."""
        return kind_of(self.__dict__["part"]["component"]) or SentComponent

    @__class__.setter
    def __class__(self, value: type) -> NoReturn:
        raise TypeError("the class of a component in a message cannot be changed")

    def given_arguments(self) -> NoReturn:
        """Raise TypeError: it is no update of an output."""
        raise TypeError(
            f"a {self.part['component']} that came in a chat's message was returned for an output; return a component "
            f"of your own, made with what you took from its value."
        )

    def __repr__(self) -> str:
        return f"<{self.part['component']} in a message>"


def kind_of(name: str) -> type[Component] | None:
    """Return the class of the component that messages call ``name``: one of the adapter's or of the app's."""
    if name in SHORTCUTS:
        return kind(name)
    return next((one for one in _descendants(Component) if one.__name__.lower() == name), None)


def is_known(name: str) -> bool:
    """Return whether there is a component that messages call ``name``."""
    return name in SHORTCUTS or kind_of(name) is not None


def _descendants(cls: type[Component]) -> list[type[Component]]:
    return [one for child in cls.__subclasses__() for one in (child, *_descendants(child))]


register_type(  # chats keep their messages in a State
    SentComponent, name="adapter.sent_component", encode=lambda sent: sent.part, decode=SentComponent
)
