"""Buttons: what a visitor presses."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter import context
from adapter.compat.earlier_arguments import takes_earlier
from adapter.compat.warnings import warn
from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import ButtonOptions
from adapter.components.state import State
from adapter.files.in_call import give

Variant = Literal["primary", "secondary", "stop", "huggingface"]
Size = Literal["sm", "md", "lg"]
Target = Literal["_self", "_blank", "_parent", "_top"]


class Button(Component):
    """A button; its value is its label, which a function may get and return.

    Args:
        value: the label, or a function that gives it whenever the page loads.
        variant: "primary", "secondary", "stop" or "huggingface": how it looks.
        size: "sm", "md" or "lg".
        icon: path or address (http, https or data) of a picture before the label.
        link: address that it opens.
        link_target: where that opens, as HTML's ``target``.
        options: see `ButtonOptions`.
    """

    TYPE: ClassVar[str] = "button"
    OPTIONS: ClassVar[type] = ButtonOptions
    PROPS: ClassVar[tuple[str, ...]] = ("variant", "size", "icon", "link", "link_target")
    MIN_WIDTH: ClassVar[int | None] = None
    skip_api: ClassVar[bool] = True
    change = Event()
    click = Event()

    def __init__(
        self,
        value: str | Callable[..., Any] = "Run",
        *,
        variant: Variant = "secondary",
        size: Size = "lg",
        icon: str | Path | None = None,
        link: str | None = None,
        link_target: Target = "_self",
        **options: Unpack[ButtonOptions],
    ) -> None:
        self.variant = variant
        self.size = size
        self.icon = icon_data(icon)
        self.link = link
        self.link_target = link_target
        options.setdefault("interactive", True)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, "the button's label")
        return data

    def postprocess(self, value: Any) -> str | None:
        return str(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "Run"


class ClearButton(Button):
    """A button that empties components, on the page alone, and sets States back to their first value.

    Args:
        components: those that it empties; more can be added by `add`.
        value: the label.
        variant: as `Button`'s.
        size: as `Button`'s.
        icon: as `Button`'s.
        link: as `Button`'s.
        link_target: as `Button`'s.
        api_name: the endpoint's name that sets States back.
        api_visibility: that endpoint's.
        options: see `ButtonOptions`.
    """

    PROPS: ClassVar[tuple[str, ...]] = (*Button.PROPS, "api_name", "api_visibility")

    @takes_earlier("ClearButton")
    def __init__(
        self,
        components: Sequence[Component] | Component | None = None,
        *,
        value: str = "Clear",
        variant: Variant = "secondary",
        size: Size = "lg",
        icon: str | Path | None = None,
        link: str | None = None,
        link_target: Target = "_self",
        api_name: str | None = None,
        api_visibility: Literal["public", "private", "undocumented"] = "undocumented",
        **options: Unpack[ButtonOptions],
    ) -> None:
        self.api_name = api_name
        self.api_visibility = api_visibility
        super().__init__(value, variant=variant, size=size, icon=icon, link=link, link_target=link_target, **options)
        if context.root.get() is not None:
            self.add(components)

    def add(self, components: Sequence[Component] | Component | None) -> ClearButton:
        """Empty ``components`` too; return the button.

        Raises:
            ConfigurationError: no Blocks is open.
        """
        chosen = [components] if isinstance(components, Component) else list(components or ())
        if not chosen:
            return self
        emptied = json.dumps([component.postprocess(None) for component in chosen])
        self.click(None, [], chosen, self.api_name, js=f"() => {emptied}", api_visibility="private")
        states = [component for component in chosen if isinstance(component, State)]
        if states:

            def reset() -> Any:
                first = [state.variable.initial() for state in states]
                return first[0] if len(first) == 1 else first

            self.click(reset, None, states, self.api_name, api_visibility=self.api_visibility)
        return self

    def postprocess(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def example_payload(self) -> Any:
        return "Clear"


class DuplicateButton(Button):
    """A button that copies the Space it stands in; elsewhere, as here, it does nothing.

    Args:
        value: the label.
        variant: as `Button`'s.
        size: as `Button`'s.
        options: as `Button`'s.
    """

    def __init__(
        self,
        value: str | Callable[..., Any] = "Duplicate Space",
        *,
        variant: Variant = "huggingface",
        size: Size = "sm",
        **options: Any,
    ) -> None:
        warn("gr.DuplicateButton does nothing: an app is no Space; copy the app's folder.")
        options.setdefault("scale", 0)
        options.pop("_activate", None)
        super().__init__(value, variant=variant, size=size, **options)

    def activate(self) -> None:
        """Do nothing: there is no Space to copy."""


def icon_data(icon: str | Path | dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the wire's file data for the picture at a path or an address.

    Raises:
        ConfigurationError: the app's page shows a picture that is not there.
    """
    return give(icon) if isinstance(icon, str | Path) else icon
