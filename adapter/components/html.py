"""Raw HTML, and components that an app's author makes of templates and scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from adapter.compat.warnings import warn
from adapter.components.base import Component, toolbar
from adapter.components.events import Event, Trigger
from adapter.components.layout import Layout
from adapter.components.options import DisplayOptions
from adapter.components.page_assets import own_scripts
from adapter.components.templates.html import script

TEMPLATE = "${value}"
"""Gradio's default ``html_template``: the value alone."""
ON_LOAD = "element.addEventListener('click', function() { trigger('click') });"
"""Gradio's default ``js_on_load``: it reports clicks."""
ARGUMENTS = "element, trigger, props, server, upload, watch"
"""What ``js_on_load`` is given."""


_SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)


class HTML(Component, Layout):
    """HTML, drawn from a template; the function gets and returns the value, which may be any JSON.

    Scripts in the value do not run. With its templates and ``js_on_load`` an app's author makes components: what
    a ``super().__init__()`` of a subclass is given counts as well. Other blocks may stand in it, at ``@children``.

    Args:
        value: the HTML at first, or what the template shows; or a function that gives it whenever the page loads.
        html_template: the HTML: a template text of JavaScript in which ``value``, ``label`` and ``props`` are
            known, with Handlebars tags.
        css_template: the component's style, as ``html_template``.
        js_on_load: what runs when it stands on the page, with ``element``, ``trigger``, ``props``, ``server``,
            ``upload`` and ``watch``.
        apply_default_css: whether the page's style holds inside.
        min_height: pixels it has at least, or a CSS length.
        max_height: pixels it may have, or a CSS length; more scrolls.
        padding: whether there is room around it.
        autoscroll: whether it follows content that grows.
        buttons: Button instances in its corner.
        head: for the page's head, as ``Blocks(head=...)``; there before ``js_on_load`` runs.
        server_functions: functions that ``js_on_load`` can call, by their names: ``await server.name(argument)``.
        props: further names for the templates and ``js_on_load``, and the options of `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "html"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("html_template", "css_template", "js_on_load", "apply_default_css", "min_height", "max_height"),
        *("padding", "autoscroll", "buttons", "head"),
    )
    MIN_WIDTH: ClassVar[int | None] = None
    CONTAINER: ClassVar[bool] = False
    apply = Event()
    blur = Event()
    change = Event()
    clear = Event()
    click = Event()
    collapse = Event()
    copy = Event()
    delete = Event()
    double_click = Event()
    download = Event()
    edit = Event()
    end = Event()
    example_select = Event()
    expand = Event()
    focus = Event()
    input = Event()
    key_up = Event()
    like = Event()
    load = Event()
    option_select = Event()
    pause = Event()
    pause_recording = Event()
    play = Event()
    release = Event()
    retry = Event()
    select = Event()
    start_recording = Event()
    stop = Event()
    stop_recording = Event()
    stream = Event()
    submit = Event()
    tick = Event()
    undo = Event()
    upload = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        html_template: str = TEMPLATE,
        css_template: str = "",
        js_on_load: str | None = ON_LOAD,
        apply_default_css: bool = True,
        min_height: int | str | None = None,
        max_height: int | str | None = None,
        padding: bool = False,
        autoscroll: bool = False,
        buttons: list[Any] | None = None,
        head: str | None = None,
        server_functions: Sequence[Callable[..., Any]] | None = None,
        **props: Any,
    ) -> None:
        _note_scripts(html_template)
        self.html_template = html_template
        self.css_template = css_template
        self.js_on_load = js_on_load
        self.apply_default_css = apply_default_css
        self.min_height = min_height
        self.max_height = max_height
        self.padding = padding
        self.autoscroll = autoscroll
        self.buttons = toolbar(buttons)
        self.head = head
        self.server_functions = {getattr(fn, "__name__", str(fn)): fn for fn in server_functions or ()}
        options: dict[str, Any] = {name: props.pop(name) for name in DisplayOptions.__annotations__ if name in props}
        options.setdefault("show_label", False)
        self.template_props = props
        self._scripts = self._declared()
        super().__init__(value, **options)

    def __getattr__(self, name: str) -> Any:
        if re.search(rf"""['"`]{re.escape(name)}['"`]""", vars(self).get("js_on_load") or ""):
            return Trigger(self, name)
        raise AttributeError(
            f"{type(self).__name__!r} object has no attribute {name!r}; an event of its own has to stand in quotes in "
            "js_on_load."
        )

    def _declared(self) -> dict[str, Any]:
        """Return the names of its scripts among the page's files; without those that only a call has brought."""
        found: dict[str, Any] = {}
        if (self.html_template, self.css_template) != (TEMPLATE, ""):
            names = ("value", "label", "visible", *self.template_props)
            found["script"] = script(self.html_template, self.css_template, names)
        if self.js_on_load not in (None, ON_LOAD):
            found["on_load"] = own_scripts.value(f"function ({ARGUMENTS}) {{\n{self.js_on_load}\n}}")
        if self.head:
            from adapter.components.page_assets.head import parts  # which few apps need

            found["head"] = parts(self.head)
        return {name: value for name, value in found.items() if value is not None}

    def preprocess(self, data: Any) -> Any:
        return data

    def postprocess(self, value: Any) -> Any:
        _note_scripts(value)
        return value

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "<p>Hello</p>"

    def props(self) -> dict[str, Any]:
        unused = {"likeable": False, "streamable": False, "_retryable": False, "_undoable": False}
        own: dict[str, Any] = {"props": self.template_props, "component_class_name": type(self).__name__}
        if self.server_functions:
            own["server_fns"] = list(self.server_functions)
        return {**unused, **super().props(), **own}

    def further(self, names: Sequence[str]) -> dict[str, Any]:
        found = {name: self.template_props[name] for name in names if name in self.template_props}
        return {"props": found} if found else {}

    def config(self) -> dict[str, Any]:
        return super().config() | self._scripts


def _note_scripts(content: Any) -> None:
    """Warn of a script in HTML: it runs neither here nor in Gradio."""
    if isinstance(content, str) and _SCRIPT.search(content):
        warn("gr.HTML has a <script>, which does not run; give js_on_load= what it does, and head= what it loads.")
