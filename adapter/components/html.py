"""Raw HTML."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.options import DisplayOptions
from adapter.errors import NotAvailable

TEMPLATE = "${value}"
"""Gradio's default ``html_template``: the value alone."""
ON_LOAD = "element.addEventListener('click', function() { trigger('click') });"
"""Gradio's default ``js_on_load``: it reports clicks."""


class HTML(Component):
    """HTML, drawn; the function gets and returns its source. Scripts in it do not run.

    Args:
        value: the source at first, or a function that gives it whenever the page loads.
        apply_default_css: whether the page's style holds inside.
        min_height: pixels it has at least.
        max_height: pixels it may have; more scrolls.
        padding: whether there is room around it.
        autoscroll: whether it follows content that grows.
        buttons: Button instances in its corner.
        html_template, css_template, js_on_load, head, server_functions: Gradio's defaults only: a page
            that runs no code from the config cannot have others.
        options: see `DisplayOptions`.

    Raises:
        NotAvailable: one of those is not Gradio's default.
    """

    TYPE: ClassVar[str] = "html"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("html_template", "css_template", "js_on_load", "apply_default_css", "min_height", "max_height"),
        *("padding", "autoscroll", "buttons"),
    )
    MIN_WIDTH: ClassVar[int | None] = None
    CONTAINER: ClassVar[bool] = False
    change = Event()
    click = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        html_template: str = TEMPLATE,
        css_template: str = "",
        js_on_load: str | None = ON_LOAD,
        apply_default_css: bool = True,
        min_height: int | None = None,
        max_height: int | None = None,
        padding: bool = False,
        autoscroll: bool = False,
        buttons: list[Any] | None = None,
        head: str | None = None,
        server_functions: Any = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        given = {
            "html_template": html_template != TEMPLATE,
            "css_template": bool(css_template),
            "js_on_load": js_on_load not in (None, ON_LOAD),
            "head": bool(head),
            "server_functions": bool(server_functions),
        }
        for name in [name for name, is_own in given.items() if is_own]:
            raise NotAvailable(
                f"HTML({name}=...) is not available: the page runs no such code; give the HTML as value."
            )
        self.html_template = html_template
        self.css_template = css_template
        self.js_on_load = js_on_load
        self.apply_default_css = apply_default_css
        self.min_height = min_height
        self.max_height = max_height
        self.padding = padding
        self.autoscroll = autoscroll
        self.buttons = toolbar(buttons)
        options.setdefault("show_label", False)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, "a text")
        return data

    def postprocess(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "<p>Hello</p>"

    def props(self) -> dict[str, Any]:
        unused = {"likeable": False, "streamable": False, "_retryable": False, "_undoable": False}
        return {**unused, **super().props(), "props": {}, "component_class_name": "HTML"}
