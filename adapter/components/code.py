"""Source code, with its syntax coloured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.options import EditableOptions

LANGUAGES = (
    *("python", "c", "cpp", "markdown", "latex", "json", "html", "css", "javascript", "jinja2", "typescript"),
    *("yaml", "dockerfile", "shell", "r", "sql", "sql-msSQL", "sql-mySQL", "sql-mariaDB", "sql-sqlite"),
    *("sql-cassandra", "sql-plSQL", "sql-hive", "sql-pgSQL", "sql-gql", "sql-gpSQL", "sql-sparkSQL", "sql-esper"),
)
"""What `Code` knows, under Gradio's names."""


class Code(Component):
    """An editor, or a viewer, of code; the function gets and returns a ``str``.

    Args:
        value: the code at first, or a function that gives it whenever the page loads.
        language: one of `LANGUAGES`; ``None`` for plain text.
        lines: rows shown at least.
        max_lines: rows it may grow to; ``None`` for any number.
        wrap_lines: whether long lines are wrapped.
        show_line_numbers: whether rows are numbered.
        autocomplete: whether the editor proposes words.
        buttons: "copy", "download" or Button instances; ``None`` for the two.
        options: see `EditableOptions`.

    Raises:
        ValueError: ``language`` is not known.
    """

    TYPE: ClassVar[str] = "code"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("language", "lines", "max_lines", "wrap_lines", "show_line_numbers", "autocomplete", "buttons"),
    )
    languages: ClassVar[list[str]] = list(LANGUAGES)
    change = Event()
    input = Event()
    focus = Event()
    blur = Event()

    def __init__(
        self,
        value: str | Callable[..., Any] | None = None,
        language: str | None = None,
        *,
        lines: int = 5,
        max_lines: int | None = None,
        wrap_lines: bool = False,
        show_line_numbers: bool = True,
        autocomplete: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        if language is not None and language not in LANGUAGES:
            raise ValueError(f"language is {language!r}; it must be one of {', '.join(LANGUAGES)}.")
        self.language = language
        self.lines = lines
        self.max_lines = None if max_lines is None else max(lines, max_lines)
        self.wrap_lines = wrap_lines
        self.show_line_numbers = show_line_numbers
        self.autocomplete = autocomplete
        self.buttons = toolbar(buttons, ["copy", "download"])
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, "a text")
        return data

    def postprocess(self, value: Any) -> str | None:
        """Return the code without white space around it.

        Raises:
            TypeError: it is no text.
        """
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{self.name()} shows a text; got {type(value).__name__}")
        return None if value is None else value.strip()

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "print('Hello World')"
