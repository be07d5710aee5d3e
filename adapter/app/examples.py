"""Rows of values for inputs, one of which a visitor picks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from adapter import context
from adapter.app.arguments import as_list, refuse_unknown
from adapter.app.example_answers import answer_of
from adapter.app.listener import Visibility
from adapter.calls.endpoint import Concurrency
from adapter.compat.earlier_arguments import takes_earlier
from adapter.compat.warnings import warn
from adapter.components.base import Component
from adapter.components.dataset import Dataset
from adapter.components.updates import skip
from adapter.errors import ConfigurationError, NotAvailable

IGNORED_OPTIONS = (
    "cache_mode", "preload", "preprocess", "postprocess", "_api_mode", "_defer_caching",
    "_initiated_directly",
)  # fmt: skip
"""Gradio's options that change nothing here, and those of its own code."""


class Examples:
    """A table of examples; picking one puts its values into the inputs.

    Args:
        examples: rows of values for the inputs; plain values for one input. A row may be shorter.
        inputs: where the values go.
        outputs: what ``fn`` shows, with ``run_on_click``.
        fn: the function that ``run_on_click`` runs.
        cache_examples: show what ``fn`` answers when a row is picked; Gradio runs it for all rows at start.
        examples_per_page: rows shown at once.
        label: above the table.
        elem_id: its id for CSS.
        run_on_click: whether ``fn`` runs when a row is picked.
        api_name: of the endpoint that gives a row's values; with ``cache_examples``, what ``fn`` answers to them.
        api_description: in the API's documentation.
        api_visibility: whether the API documents and takes calls of it.
        example_labels: shown instead of the rows' values.
        visible_columns: taken; the table shows all columns.
        visible: whether it is seen.
        batch: whether ``fn`` takes lists of values, where ``cache_examples`` runs it.
        concurrency: of that run; see ``Endpoint``.
        options: further options of Gradio's; those that the adapter does not have raise.

    Attributes:
        dataset: the table.
        load_input_event: the listener that puts a row into the inputs; ``None`` outside a Blocks
            until `create` is called.
        cache_event: the listener that shows what ``fn`` answers, with ``cache_examples``.

    Raises:
        ConfigurationError: there are no rows, or ``run_on_click`` has no function.
        NotAvailable: an option of Gradio's that the adapter does not have.
    """

    @takes_earlier("Examples")
    def __init__(
        self,
        examples: Sequence[Any] | str,
        inputs: Component | Sequence[Component],
        outputs: Component | Sequence[Component] | None = None,
        fn: Callable[..., Any] | None = None,
        cache_examples: bool | str | None = None,
        *,
        examples_per_page: int = 10,
        label: str | None = "Examples",
        elem_id: str | None = None,
        run_on_click: bool = False,
        api_name: str | Literal[False] | None = "load_example",
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "undocumented",
        example_labels: Sequence[str] | None = None,
        visible_columns: Sequence[int] | None = None,
        visible: bool | Literal["hidden"] = True,
        batch: bool = False,
        concurrency: Concurrency | None = None,
        **options: Any,
    ) -> None:
        if visible_columns is not None:
            warn(f"visible_columns={visible_columns!r} has no effect: the table of examples shows all columns.")
        if isinstance(examples, str):
            raise NotAvailable(f"examples={examples!r} (a folder) is not available; give the rows as a list.")
        refuse_unknown("Examples", options, ignored=IGNORED_OPTIONS)
        if run_on_click and fn is None:
            raise ConfigurationError("Examples has run_on_click=True and no function; give it fn.")
        self.inputs = as_list(inputs)
        self.outputs = as_list(outputs)
        self.fn = fn
        self.run_on_click = run_on_click
        self.cache_examples = bool(cache_examples and fn)
        self.options: dict[str, Any] = {"batch": batch, "concurrency": concurrency}
        self.api = {"api_name": api_name, "api_description": api_description, "api_visibility": api_visibility}
        rows = [list(row) if isinstance(row, list | tuple) else [row] for row in examples]
        if not rows:
            raise ConfigurationError("Examples has no rows; give it at least one.")
        used = [
            place
            for place in range(len(self.inputs))
            if any(row[place : place + 1] not in ([], [None]) for row in rows)
        ]
        self.filled = [self.inputs[place] for place in used]
        self.examples = [[row[place] if place < len(row) else None for place in used] for row in rows]
        self.dataset = Dataset(
            components=self.filled,
            samples=self.examples,
            type="tuple",
            label=label,
            samples_per_page=examples_per_page,
            elem_id=elem_id,
            visible=visible,
            sample_labels=list(example_labels) if example_labels else None,
        )
        self.load_input_event: Any = None
        self.cache_event: Any = None
        if context.root.get() is not None:
            self.create()

    def create(self) -> None:
        """Make the table work in the Blocks that is open; done already where it was made inside one."""

        def load_example(example_tuple: tuple[int, list[Any]]) -> Any:
            values = [skip() if value is None else value for value in example_tuple[1]]
            return values if len(values) > 1 else values[0]

        hidden: dict[str, Any] = {"show_progress": "hidden", "queue": False}
        if self.cache_examples:
            self._answer(load_example, hidden)
            return
        self.load_input_event = self.dataset.click(load_example, self.dataset, self.filled, **hidden, **self.api)
        if self.run_on_click:
            self.load_input_event.then(self.fn, self.inputs, self.outputs, api_visibility="undocumented")

    def _answer(self, load_example: Callable[..., Any], hidden: dict[str, Any]) -> None:
        """Let a picked row show what the function answers to it; that has the name, as in Gradio."""
        assert self.fn is not None
        batch, concurrency = self.options["batch"], self.options["concurrency"]
        self.load_input_event = self.dataset.click(
            load_example,
            self.dataset,
            self.filled,
            api_name="load_example_input",
            api_visibility="undocumented",
            **hidden,
        )
        answer = answer_of(self.fn, self.inputs, self.filled, outputs=len(self.outputs), batch=batch)
        self.cache_event = self.load_input_event.then(
            answer, self.dataset, self.outputs, concurrency=concurrency, **self.api
        )
