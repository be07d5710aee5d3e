"""Text: a box to write in, and Markdown to read."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component, FormComponent, toolbar
from adapter.components.events import Event
from adapter.components.options import ComponentOptions, DisplayOptions

TextType = Literal["text", "password", "email"]


@dataclass
class InputHTMLAttributes:
    """HTML attributes of a textbox's input; the browser decides those that are ``None``."""

    autocapitalize: Literal["off", "none", "on", "sentences", "words", "characters"] | None = None
    autocorrect: Literal["on", "off"] | None = None
    spellcheck: bool | None = None
    autocomplete: str | None = None
    tabindex: int | None = None
    enterkeyhint: Literal["enter", "done", "go", "next", "previous", "search", "send"] | None = None
    lang: str | None = None


class Textbox(FormComponent):
    """A box of text, one line or several; the function gets and returns a ``str``.

    Args:
        value: the text at first, or a function that gives it whenever the page loads.
        type: "text", "password" (masked) or "email"; the latter two have one line.
        lines: rows shown at least.
        max_lines: rows it may grow to; ``None`` for the page's own limit.
        placeholder: a hint shown while it is empty.
        autofocus: whether the page starts in this box.
        autoscroll: whether it follows text that grows.
        text_align: "left" or "right"; ``None`` follows ``rtl``.
        rtl: whether the text runs from right to left.
        buttons: "copy", or Button instances.
        max_length: characters that can be typed; ``None`` for any number.
        submit_btn: whether a button submits; a text is its label.
        stop_btn: whether a button stops; a text is its label.
        html_attributes: further attributes of the HTML input.
        options: see `ComponentOptions`.

    Raises:
        ValueError: ``type`` is none of the three.
    """

    TYPE: ClassVar[str] = "textbox"
    PROPS: ClassVar[tuple[str, ...]] = (
        *("type", "lines", "max_lines", "placeholder", "autofocus", "autoscroll", "text_align", "rtl", "buttons"),
        *("max_length", "submit_btn", "stop_btn", "html_attributes"),
    )
    change = Event()
    input = Event()
    select = Event()
    submit = Event()
    focus = Event()
    blur = Event()
    stop = Event()
    copy = Event()

    def __init__(
        self,
        value: str | Callable[..., Any] | None = None,
        *,
        type: TextType = "text",
        lines: int = 1,
        max_lines: int | None = None,
        placeholder: str | None = None,
        autofocus: bool = False,
        autoscroll: bool = True,
        text_align: Literal["left", "right"] | None = None,
        rtl: bool = False,
        buttons: list[Any] | None = None,
        max_length: int | None = None,
        submit_btn: str | bool | None = False,
        stop_btn: str | bool | None = False,
        html_attributes: InputHTMLAttributes | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        if type not in ("text", "password", "email"):
            raise ValueError(f"type is {type!r}; it must be 'text', 'password' or 'email'.")
        if type != "text" and (lines != 1 or max_lines not in (None, 1)):
            warnings.warn(f"A textbox of type {type!r} has one line; lines and max_lines are taken as 1.", stacklevel=2)
            lines, max_lines = 1, max_lines and 1
        self.type = type
        self.lines = lines
        self.max_lines = max_lines
        self.placeholder = placeholder
        self.autofocus = autofocus
        self.autoscroll = autoscroll
        self.text_align = text_align
        self.rtl = rtl
        self.buttons = toolbar(buttons)
        self.max_length = max_length
        self.submit_btn = submit_btn
        self.stop_btn = stop_btn
        self.html_attributes = html_attributes
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        """Return the text; numbers and other JSON as their text, as Gradio does."""
        return None if data is None else str(data)

    def postprocess(self, value: Any) -> str | None:
        """Return ``value`` as text."""
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "Hello!!"


class TextArea(Textbox):
    """A `Textbox` of seven lines that grows to twenty."""

    def __init__(
        self,
        value: str | Callable[..., Any] | None = None,
        *,
        lines: int = 7,
        max_lines: int | None = 20,
        type: TextType = "text",
        placeholder: str | None = None,
        autofocus: bool = False,
        autoscroll: bool = True,
        text_align: Literal["left", "right"] | None = None,
        rtl: bool = False,
        buttons: list[Any] | None = None,
        max_length: int | None = None,
        submit_btn: str | bool | None = False,
        stop_btn: str | bool | None = False,
        html_attributes: InputHTMLAttributes | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(
            value,
            lines=lines,
            max_lines=max_lines,
            type=type,
            placeholder=placeholder,
            autofocus=autofocus,
            autoscroll=autoscroll,
            text_align=text_align,
            rtl=rtl,
            buttons=buttons,
            max_length=max_length,
            submit_btn=submit_btn,
            stop_btn=stop_btn,
            html_attributes=html_attributes,
            **options,
        )


class Markdown(Component):
    """Markdown, drawn; the function gets and returns its source.

    Args:
        value: the source at first, or a function that gives it whenever the page loads.
        rtl: whether the text runs from right to left.
        latex_delimiters: dicts of ``left``, ``right`` and ``display``; ``None`` for ``$$``, displayed.
        sanitize_html: whether HTML in it is made harmless.
        line_breaks: whether a newline breaks the line.
        header_links: whether headings get links to themselves.
        height: pixels, or a CSS length; more text scrolls.
        max_height: as ``height``; it may be less high.
        min_height: as ``height``; it may be higher.
        buttons: "copy".
        padding: whether there is room around it.
        options: see `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "markdown"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("rtl", "latex_delimiters", "sanitize_html", "line_breaks", "header_links", "height", "max_height"),
        *("min_height", "buttons", "padding"),
    )
    MIN_WIDTH: ClassVar[int | None] = None
    CONTAINER: ClassVar[bool] = False
    change = Event()
    copy = Event()

    def __init__(
        self,
        value: str | Callable[..., Any] | None = None,
        *,
        rtl: bool = False,
        latex_delimiters: list[dict[str, str | bool]] | None = None,
        sanitize_html: bool = True,
        line_breaks: bool = False,
        header_links: bool = False,
        height: int | str | None = None,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        buttons: list[Literal["copy"]] | None = None,
        padding: bool = False,
        **options: Unpack[DisplayOptions],
    ) -> None:
        displayed: dict[str, str | bool] = {"left": "$$", "right": "$$", "display": True}
        self.rtl = rtl
        self.latex_delimiters = [displayed] if latex_delimiters is None else latex_delimiters
        self.sanitize_html = sanitize_html
        self.line_breaks = line_breaks
        self.header_links = header_links
        self.height = height
        self.max_height = max_height
        self.min_height = min_height
        self.buttons = buttons
        self.padding = padding
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, "a text")
        return data

    def postprocess(self, value: Any) -> str | None:
        """Return the source without the indentation that it has in a program."""
        return None if value is None else inspect.cleandoc(str(value))

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "# Hello!"
