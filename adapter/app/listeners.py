"""The listeners of a page: which functions run on which events, and under which names and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from adapter import context
from adapter.app.arguments import as_list
from adapter.app.listener import (
    Components,
    Dependency,
    Listener,
    Target,
    Visibility,
    listener_ids,
    name_of,
)
from adapter.app.listener_options import ListenerOptions, listener_options
from adapter.calls.docstring import docstring_summary
from adapter.calls.endpoint import CONCURRENCIES, Concurrency, Endpoint
from adapter.compat.earlier_arguments import takes_earlier
from adapter.compat.warnings import warn
from adapter.components.base import Block, Component
from adapter.components.page_assets import own_scripts
from adapter.components.timer import Timer
from adapter.errors import ConfigurationError, NotFound


class ListenerTable:
    """The listeners of a page, in order; those of a page that stands in another are in the other's table."""

    first = 0
    """The number of the first listener."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self._reserved: list[str] = []
        outer: Any = context.root.get()  # a part that is drawn anew has no such table
        self._outer: ListenerTable | None = outer if isinstance(outer, ListenerTable) else None
        self._host: ListenerTable | None = None

    @property
    def fns(self) -> dict[int, Listener]:
        """The listeners by their numbers."""
        return {listener.id: listener for listener in self.listeners}

    def load(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` when the page is opened; arguments as those of `listen`."""
        return self.listen([(None, "load")], fn, inputs, outputs, **options)

    def unload(self, fn: Callable[..., Any]) -> None:
        """Take what Gradio runs when a visitor leaves the page; no environment is told of that, so it never runs.

        For clearing up after a session, use ``State(delete_callback=...)``.
        """
        self.listen([(None, "unload")], fn, api_visibility="private", show_progress="hidden")

    @takes_earlier("listener")
    def listen(
        self,
        targets: Sequence[Target],
        fn: Any,
        inputs: Components = None,
        outputs: Block | Sequence[Block] | set[Block] | None = None,
        *,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "public",
        queue: bool = True,
        js: str | Literal[True] | None = None,
        cancels: Any = None,
        validator: Callable[..., Any] | None = None,
        inputs_kwargs: Mapping[str, Component] | None = None,
        concurrency: Concurrency | None = None,
        endpoint: Callable[..., Endpoint] = Endpoint,
        **options: Any,
    ) -> Any:
        """Run ``fn`` whenever one of ``targets`` fires.

        Args:
            targets: pairs of a block, or ``None`` for the page, and an event's name.
            fn: the function; left out, the listener is a decorator.
            inputs: whose values are its arguments; a set gives it one dict by component.
            outputs: which show what it returns.
            api_name: in the API; the function's name if left out, ``False`` hides it.
            api_description: in the API's documentation; the docstring if left out.
            api_visibility: whether the API documents and takes calls of it.
            queue: whether clients use the queue for it.
            js: a script that the page runs: it gets the inputs, and what it returns are the function's inputs;
                without a function, the outputs.
            cancels: the listeners, as their methods returned them, whose running calls it ends.
            validator: gets the inputs before the function, and returns `validate` for each.
            inputs_kwargs: further inputs, by the names of the parameters that they fill.
            concurrency: see `Endpoint`.
            endpoint: makes what runs the function.
            options: further options of the page, under Gradio's names.

        Returns:
            A `Dependency`, for ``.then()`` and its like.

        Raises:
            ConfigurationError: an option has a value that does not exist.
            NotAvailable: an option of Gradio's that the adapter does not have.
        """
        if fn is context.DECORATOR:
            asked: dict[str, Any] = {
                "api_name": api_name,
                "api_description": api_description,
                "api_visibility": api_visibility,
            }
            asked |= {"queue": queue, "js": js, "cancels": cancels}
            asked |= {"validator": validator, "inputs_kwargs": inputs_kwargs, "concurrency": concurrency}

            def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
                self.listen(targets, function, inputs, outputs, **asked, **options)
                return function

            if not isinstance(js, str):
                return decorate
            # A script needs no function: it is a listener already, unless this is a decorator after all.
            table = self if self._host is None else self._host
            before = len(table.listeners)
            alone = self.listen(targets, None, inputs, outputs, **asked, **options)

            def instead(function: Callable[..., Any]) -> Callable[..., Any]:
                del table.listeners[before:]
                return decorate(function)

            alone.decorate = instead
            return alone
        if concurrency is not None and concurrency not in CONCURRENCIES:
            raise ConfigurationError(f"concurrency is {concurrency!r}; use one of {', '.join(CONCURRENCIES)}.")
        if js is True:  # asks for a translation of the function into a script, which only spares the call
            js = None
        targets = [*targets, *_clock(options, targets)]
        known = listener_options(options, targets[0][1] if targets else None)
        ended = listener_ids(cancels)
        for block, event in targets:
            if block is not None:
                block.note_listener(event)
        if ended and fn is None and js is None:
            return self._add(targets, known, cancels=ended)
        if api_name is False:
            api_name, api_visibility = None, "private"
        name = self._unused(api_name or name_of(fn, js))
        script = own_scripts.function(js) if js and not (fn is None and own_scripts.constants(js)) else None
        taken = [*as_list(inputs), *(inputs_kwargs or {}).values()]
        runs = None
        if fn is not None:
            runs = endpoint(
                fn,
                name=name,
                inputs=taken,
                outputs=as_list(outputs),
                concurrency=concurrency,
                inputs_by_component=isinstance(inputs, set),
                batch=bool(known.batch),
                validator=validator,
                keywords=tuple(inputs_kwargs or ()),
            )
            given = 1 if isinstance(inputs, set) else len(as_list(inputs))
            misfit = runs.parameters.misfit(given, runs.keywords)
            if misfit is not None:
                warn(f"{getattr(fn, '__name__', name)} {misfit}")
        found = self._add(
            targets,
            replace(known, queue=queue if fn is not None else False, js=js, script=script),
            inputs=taken,
            outputs=as_list(outputs),
            endpoint=runs,
            api_name=name,
            visibility=api_visibility if fn is not None else "private",
            description=None if api_description is False else api_description or docstring_summary(fn),
        )
        if ended:
            self._add(targets, known, cancels=ended)
        return found

    def _add(self, targets: Sequence[Target], options: ListenerOptions, **given: Any) -> Dependency:
        if self._host is not None:
            return self._host._add(targets, options, **given)
        silent: dict[str, Any] = {
            "inputs": [],
            "outputs": [],
            "endpoint": None,
            "visibility": "private",
            "description": None,
        }
        if "api_name" not in given:
            given["api_name"] = self._unused("unnamed")
            options = replace(options, queue=False, js=None)
        listener = Listener(
            id=self.first + len(self.listeners), targets=list(targets), options=options, **(silent | given)
        )
        self.listeners.append(listener)
        return Dependency(self, listener)

    def _unused(self, name: str) -> str:
        if self._host is not None:
            return self._host._unused(name)
        return _numbered(name, self._names())

    def _names(self) -> set[str | None]:
        outer: set[str | None] = set() if self._outer is None else self._outer._names()
        return outer.union((listener.api_name for listener in self.listeners), self._reserved)

    def reserve(self, *names: str) -> None:
        """Number the endpoints to come as if listeners had these names, which Gradio has where none is needed here."""
        for name in names:
            self._reserved.append(_numbered(name, self._names()))

    def listener(self, *, api_name: str | None = None, fn_index: int | None = None) -> Listener:
        """Return the listener that a caller names.

        Raises:
            NotFound: there is none, or it runs in the page only.
        """
        if api_name is not None:
            found = [one for one in self.listeners if one.api_name == api_name.removeprefix("/")]
            asked = f"endpoint /{api_name.removeprefix('/')}"
        else:
            found = [one for one in self.listeners if one.id == fn_index]
            asked = f"fn_index {fn_index}"
        if not found or found[0].endpoint is None:
            names = ", ".join(f"/{one.api_name}" for one in self.listeners if one.is_public) or "none"
            raise NotFound(f"there is no {asked}; this app's endpoints are: {names}.")
        return found[0]

    def _take_over(self, page: ListenerTable) -> None:
        """Let the listeners of ``page`` be this table's, those too that are still added to it."""
        page._host = self
        first = self.first + len(self.listeners)
        # As in Gradio: where the page was not made inside this one, its names get a second number.
        before = self._names()
        for listener in page.listeners:
            name = listener.api_name
            listener.move(first, None if name is None else self._unused(_numbered(name, before)))
            self.listeners.append(listener)
        self._reserved += [_numbered(name, before) for name in page._reserved]


def _clock(options: dict[str, Any], targets: Sequence[Target]) -> list[Target]:
    """Take ``every`` of Gradio 3 and 4 out of ``options``; return what happens so often, in seconds."""
    every = options.pop("every", None)
    if every is None:
        return []
    if (None, "load") not in targets:
        warn(f"every={every!r} has an effect on load() only: the function runs once for each event; use gr.Timer.")
        return []
    options.setdefault("show_progress", "hidden")
    return [(every if isinstance(every, Timer) else Timer(every), "tick")]


def _numbered(name: str, taken: set[str | None]) -> str:
    """Return ``name``, with the first number that makes it none of ``taken`` where it is one."""
    candidates = (name if n == 0 else f"{name}_{n}" for n in range(len(taken) + 1))
    return next(candidate for candidate in candidates if candidate not in taken)
