"""A ready-made page around one function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NoReturn

from adapter.app import flagging
from adapter.app.blocks import Blocks
from adapter.app.examples import Examples
from adapter.app.listener import Dependency, Target, Visibility
from adapter.calls.endpoint import Concurrency
from adapter.calls.parameters import parameters
from adapter.compat.earlier_arguments import takes_earlier
from adapter.compat.warnings import warn
from adapter.components.base import Block, Component
from adapter.components.button import Button, ClearButton
from adapter.components.functions import underlying
from adapter.components.layout import Accordion, Column, Row
from adapter.components.shortcuts import component
from adapter.components.state import State
from adapter.components.text import Markdown
from adapter.errors import ConfigurationError, NotAvailable

Shortcut = str | Component
Shortcuts = Shortcut | Sequence[Shortcut] | None


class Interface(Blocks):
    """A page around one function: its inputs, a Submit and a Clear button, its outputs.

    Args:
        fn: the function; one parameter for each input, one returned value for each output.
        inputs: components or their names as strings; ``"state"`` takes its default from the
            function's parameter.
        outputs: components or their names as strings.
        examples: rows of values for the inputs, shown below the page.
        examples_per_page: rows shown at once.
        example_labels: shown instead of the rows' values.
        live: run on every change of an input instead of on Submit.
        title: heading above, and of the browser's tab.
        description: Markdown below the title.
        article: Markdown below the page.
        flagging_mode: ``"never"`` is the default here; ``"manual"`` is noted only: the page has no Flag button.
        api_name: in the API; the function's name if left out, ``False`` hides it.
        api_description: in the API's documentation; the docstring if left out.
        api_visibility: whether the API documents and takes calls of it.
        additional_inputs: further inputs, in an accordion below the others.
        additional_inputs_accordion: its label, or the Accordion.
        submit_btn, stop_btn, clear_btn: labels or Buttons; ``clear_btn=None`` leaves it out.
        show_progress: how a running call is shown.
        concurrency: see ``Endpoint``.
        fill_width: whether the page fills the window's width.
        cache_examples: run the function when an example is picked; Gradio runs it for all at start.
        batch: see ``Endpoint``.
        validator: gets the inputs before the function, and returns `validate` for each.
        options: further options of ``Blocks`` and of Gradio's; those that the adapter does not have raise.

    Raises:
        ConfigurationError: more than one State in or out.
        NotAvailable: an option of Gradio's that the adapter does not have.
    """

    @takes_earlier("Interface")
    def __init__(
        self,
        fn: Callable[..., Any],
        inputs: Shortcuts,
        outputs: Shortcuts,
        examples: Sequence[Any] | None = None,
        *,
        examples_per_page: int = 10,
        example_labels: Sequence[str] | None = None,
        live: bool = False,
        title: str | None = None,
        description: str | None = None,
        article: str | None = None,
        flagging_mode: Literal["never", "auto", "manual"] | None = None,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "public",
        additional_inputs: Shortcuts = None,
        additional_inputs_accordion: str | Accordion | None = None,
        submit_btn: str | Button = "Submit",
        stop_btn: str | Button = "Stop",
        clear_btn: str | Button | None = "Clear",
        show_progress: Literal["full", "minimal", "hidden"] = "full",
        concurrency: Concurrency | None = None,
        fill_width: bool = False,
        cache_examples: bool | None = None,
        batch: bool = False,
        validator: Callable[..., Any] | None = None,
        **options: Any,
    ) -> None:
        before = options.pop("allow_flagging", None)  # its name in Gradio 4
        flagging_mode = flagging_mode or before
        flagging.check(flagging_mode, instead="keep what matters by appending to a gr.GlobalState")
        if isinstance(examples, str):
            raise NotAvailable(f"examples={examples!r} (a folder) is not available; give the rows as a list.")
        if options.pop("deep_link", None):
            warn("deep_link=True has no effect: an address names no session; give the app persist_session=True.")
        for name in IGNORED_OPTIONS:
            options.pop(name, None)
        super().__init__(mode="interface", title=title or "Gradio", fill_width=fill_width, **options)
        self.fn = fn
        self.live = live
        self.concurrency: Concurrency | None = concurrency
        self.parameters = parameters(fn)
        for given in (submit_btn, stop_btn, clear_btn, additional_inputs_accordion):
            if isinstance(given, Block):
                given.unrender()
        main = _components(inputs)
        self.input_components, self.output_components = self._with_state(
            [*main, *_components(additional_inputs)], _components(outputs)
        )
        self._label_components()
        with self:
            if title:
                Markdown(f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>")
            if description:
                Markdown(description)
            with Row():
                with Column():
                    with Column() as self.input_column:
                        _render(self.input_components[: len(main)])
                        self._render_additional(additional_inputs_accordion, len(main))
                    self.clear_button, self.submit_button, self.stop_button = self._buttons(
                        submit_btn, stop_btn, clear_btn
                    )
                if self.output_components and not self._is_unified:
                    with Column():
                        _render(one for one in self.output_components if one.id not in self.blocks)
            if self.stop_button is not None:
                self.reserve("lambda")
            listening = self._listen(
                api_name=api_name,
                api_description=api_description,
                api_visibility=api_visibility,
                show_progress=show_progress,
                batch=batch,
                validator=validator,
            )
            if self.stop_button is not None:
                self.stop_button.click(None, None, None, cancels=[listening], queue=False)
                self.reserve("cleanup", "cleanup_1")
            if self.clear_button is not None:
                empties = dict.fromkeys([*self.input_components, *self.output_components])
                self.clear_button.add(list(empties))
            if self.output_components and flagging_mode != "never":
                self.reserve("lambda", "Flag", "reset")
            if examples:
                stateless = not any(isinstance(one, State) for one in self.input_components)
                self.examples_handler = Examples(
                    examples,
                    [one for one in self.input_components if not isinstance(one, State)],
                    self.output_components,
                    fn,
                    bool(cache_examples) and stateless,
                    examples_per_page=examples_per_page,
                    example_labels=example_labels,
                    batch=batch,
                    concurrency=concurrency,
                )
                if cache_examples and not stateless:  # the answer depends on the session, so the page asks for it
                    ins, outs = self.input_components, self.output_components
                    shown = {"api_name": "load_example_output", "api_visibility": "undocumented"}
                    self.examples_handler.load_input_event.then(fn, ins, outs, concurrency=concurrency, **shown)
            if article:
                Markdown(article)

    @classmethod
    def from_pipeline(cls, pipeline: Any, **options: Any) -> NoReturn:
        """Raise NotAvailable: what a pipeline takes and returns is told by the app."""
        raise NotAvailable(
            f"Interface.from_pipeline({type(pipeline).__name__}) is not available; write a function that calls the "
            f"pipeline, load it by gr.warm, and name its inputs and outputs."
        )

    examples_handler: Examples
    """The rows of ``examples``, where there are some."""

    # -- what it is made of -------------------------------------------------------------------

    @property
    def _is_unified(self) -> bool:
        return bool(self.input_components) and self.input_components == self.output_components

    def _with_state(self, inputs: list[Shortcut], outputs: list[Shortcut]) -> tuple[list[Component], list[Component]]:
        """Make the components; an output State is the input State."""
        ins, outs = [_is_state(one) for one in inputs], [_is_state(one) for one in outputs]
        for count, side in ((sum(ins), "inputs"), (sum(outs), "outputs")):
            if count > 1:
                raise ConfigurationError(
                    f"an Interface takes at most one State among its {side}, and got {count}; "
                    f"use Blocks, where a function may have any number of them."
                )
        if sum(outs) > sum(ins):
            raise ConfigurationError(
                "an Interface with a State among its outputs needs it among its inputs too; "
                "use Blocks to set a State that the function does not take."
            )
        made = [self._made(one, position) for position, one in enumerate(inputs)]
        state = next((one for one in made if isinstance(one, State)), None)
        for one in outputs:
            if isinstance(one, State):
                one.unrender()
        shown = [state if state is not None and flag else _made(one) for one, flag in zip(outputs, outs, strict=True)]
        return made, shown

    def _made(self, shortcut: Shortcut, position: int) -> Component:
        if isinstance(shortcut, str) and _is_state(shortcut):
            names = self.parameters.names
            name = names[position] if position < len(names) else None
            return State(self.parameters.defaults.get(name) if name else None, render=False)
        return _made(shortcut)

    def _label_components(self) -> None:
        names = self.parameters.names
        for position, one in enumerate(self.input_components):
            if one.label is None:
                one.label = names[position] if position < len(names) else f"input {position}"
        several = len(self.output_components) > 1
        for position, one in enumerate(self.output_components):
            if one.label is None:
                one.label = f"output {position}" if several else "output"
            if one.interactive is None and one not in self.input_components:
                one.interactive = False

    def _render_additional(self, accordion: str | Accordion | None, first: int) -> None:
        if self.input_components[first:]:
            if isinstance(accordion, Accordion):
                accordion.render()
            else:
                accordion = Accordion(accordion or "Additional Inputs", open=accordion is not None)
            with accordion:
                _render(self.input_components[first:])

    def _buttons(
        self, submit: str | Button, stop: str | Button, clear: str | Button | None
    ) -> tuple[ClearButton | None, Button | None, Button | None]:
        fn = underlying(self.fn)
        is_generator = inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn)
        with Row():
            clear_button = None if clear is None else _clear_button(clear)
            submit_button = _button(submit, "primary") if not self.live or not self.input_components else None
            stop_button = _button(stop, "stop") if is_generator and not self.live else None
        return clear_button, submit_button, stop_button

    # -- what happens on its events -------------------------------------------------------------

    def _listen(self, **options: Any) -> Dependency:
        triggers: list[Target] = []
        if self.live and self.input_components:
            for one in self.input_components:
                if getattr(one, "streaming", False):
                    _ = getattr(
                        one, "stream", None
                    )  # in Gradio it is called with each piece; here it says that it is not
            triggers = [(one, "change") for one in self.input_components if _has(one, "change")]
            options["trigger_mode"] = "always_last"
        else:
            if self.live:
                triggers.append((None, "load"))
            triggers.append((self.submit_button, "click"))
            triggers += [(one, "submit") for one in self.input_components if _has(one, "submit")]
            options["scroll_to_output"] = True
        listening: Dependency = self.listen(
            triggers, self.fn, self.input_components, self.output_components, concurrency=self.concurrency, **options
        )
        return listening


IGNORED_OPTIONS = (
    "analytics_enabled", "concurrency_limit", "flagging_options", "flagging_dir", "flagging_callback",
    "allow_duplication", "cache_mode", "time_limit", "stream_every", "max_batch_size", "preload_example", "_api_mode",
)  # fmt: skip
"""Gradio's options that change nothing here: tuning of its queue and cache, and flagging that is off."""


def _components(given: Shortcuts) -> list[Shortcut]:
    if given is None:
        return []
    return [given] if isinstance(given, str | Component) else list(given)


def _is_state(shortcut: Shortcut) -> bool:
    return isinstance(shortcut, State) or (isinstance(shortcut, str) and shortcut.lower() == "state")


def _made(shortcut: Shortcut) -> Component:
    # one that was made inside another page's `with` stands there
    return component(shortcut) if isinstance(shortcut, str) else shortcut.unrender()


def _render(components: Iterable[Component]) -> None:
    for one in components:
        one.render()


def _button(given: str | Button, variant: Literal["primary", "secondary", "stop"]) -> Button:
    if isinstance(given, Button):
        given.render()
        return given
    return Button(given, variant=variant, size="lg")


def _clear_button(given: str | Button) -> ClearButton:
    if isinstance(given, ClearButton):
        return given.render()
    label = given.value if isinstance(given, Button) else given
    return ClearButton(value=label, variant=given.variant if isinstance(given, Button) else "secondary")


def _has(one: Component, event: str) -> bool:
    return event in one.EVENTS and not isinstance(one, State)
