"""A named callable: its function, inputs, outputs and concurrency. `adapter.calls.runner` runs its calls."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from adapter.calls.call import Call, Step
from adapter.calls.event_data import EventData
from adapter.calls.outputs import match_outputs, postprocess_all, unbatch
from adapter.calls.parameters import parameters
from adapter.calls.progress import Progress
from adapter.calls.properties import annotated_positions
from adapter.components.base import Component
from adapter.components.functions import underlying
from adapter.components.state import State
from adapter.errors import AdapterError, ConfigurationError, FunctionFailed
from adapter.state.transaction import Transaction
from adapter.state.warm_copies import GlobalVariable

Concurrency = Literal["rerun", "lease", "error", "last_write"]
CONCURRENCIES: tuple[Concurrency, ...] = ("rerun", "lease", "error", "last_write")


class Endpoint:
    """A function with its inputs and outputs, callable by name.

    Args:
        fn: the user's function: plain, ``async``, or a generator of either kind.
        name: under which the API knows it; ``None`` for an endpoint without a name.
        inputs: the components whose values are its arguments.
        outputs: the components that show what it returns.
        concurrency: what happens when somebody else changed its state meanwhile: ``"rerun"``
            runs it again on the newer value, ``"lease"`` locks the session first, ``"error"``
            answers 409, ``"last_write"`` overwrites. The default is ``"lease"`` for generators,
            else ``"rerun"``.
        inputs_by_component: whether it takes one dict of values by component.
        batch: whether it takes a list of values for each input and returns one for each output; a
            call is a batch of one.
        validator: gets the inputs before the function; see `adapter.calls.runner.check`.
        keywords: names of the parameters that the last inputs fill.

    Attributes:
        parameters: what the function takes.
        input_names: the parameters that the inputs fill, in order; ``None`` for one that has no name.
        annotated_positions: of the inputs that the function gets with all their properties.
        progress: what the function tells how far it is with; ``None`` if it does not.
        states: among the inputs and outputs, each once.
        likely_globals: the GlobalStates that earlier calls have changed here, by name; the next call reads them ahead.
        has_rerun: whether a call was run again here, which is told once.

    Raises:
        ConfigurationError: a generator takes no batches.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        *,
        name: str | None,
        inputs: Sequence[Component],
        outputs: Sequence[Component],
        concurrency: Concurrency | None = None,
        inputs_by_component: bool = False,
        batch: bool = False,
        validator: Callable[..., Any] | None = None,
        keywords: Sequence[str] = (),
    ) -> None:
        self.fn = fn
        self.name = name
        self.inputs = list(inputs)
        self.outputs = list(outputs)
        self.inputs_by_component = inputs_by_component
        self.batch = batch
        self.validator = validator
        self.parameters = parameters(fn)
        self.collects_event_data = any(issubclass(kind, EventData) for _, kind in self.parameters.special)
        self.progress = self._progress()
        self.keywords = tuple(keywords)
        self.input_names = self._input_names()
        self.annotated_positions = (
            frozenset[int]()
            if inputs_by_component
            else annotated_positions(self.input_names, self.parameters, self.inputs)
        )
        target = underlying(fn)
        self.is_generator = inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)
        own = underlying(getattr(fn, "user_function", fn))  # of a chat, a plain one may stand in an async one
        self.is_async = inspect.iscoroutinefunction(own) or inspect.isasyncgenfunction(own)
        if batch and self.is_generator:
            raise ConfigurationError(f"{self.title} is a generator and cannot take batches; leave batch=True out.")
        self.concurrency: Concurrency = concurrency or ("lease" if self.is_generator else "rerun")
        for component in self.outputs:
            component.may_change = True
        states = {state.id: state for state in (*self.inputs, *self.outputs) if isinstance(state, State)}
        self.states = tuple(states.values())
        self.likely_globals: dict[str, GlobalVariable] = {}
        self.has_rerun = False

    @property
    def title(self) -> str:
        """How messages name the endpoint."""
        return f"/{self.name}" if self.name else getattr(self.fn, "__name__", type(self.fn).__name__)

    # -- what a run does with the function; parts of a page that are drawn do it otherwise ------

    def invoke(self, positional: list[Any], keywords: Mapping[str, Any], call: Call, transaction: Transaction) -> Any:
        """Call the function and return what it returns: a value, an awaitable or a generator.

        Args:
            positional: its arguments in order.
            keywords: its arguments by name.
            call: that is run.
            transaction: of the call.

        Raises:
            Error: the function raised it for the visitor.
            FunctionFailed: the function raised something else.
        """
        with convert_failures(self.title):
            return self.fn(*positional, **keywords)

    def postprocess(self, returned: Any, transaction: Transaction) -> list[Any]:
        """Return the wire's list of what the function returned or yielded, and put the values of States away.

        Raises:
            FunctionFailed: it does not fit the outputs.
        """
        if self.batch:
            returned = unbatch(returned, len(self.outputs))
        return postprocess_all(match_outputs(returned, self.outputs, self.title), self.outputs, transaction, self.title)

    def finish(self, step: Step, transaction: Transaction) -> Step:
        """Return the final step of a call whose state is durable now."""
        return step

    def _progress(self) -> Progress | None:
        """Return the default of the function's parameter for progress, if it has such a parameter."""
        if not any(kind is Progress for _, kind in self.parameters.special):
            return None
        defaults = [parameter.default for parameter in inspect.signature(self.fn).parameters.values()]
        return next((one for one in defaults if isinstance(one, Progress)), None) or Progress()

    def _input_names(self) -> list[str | None]:
        if self.inputs_by_component:
            return [None] * len(self.inputs)
        names: list[str | None] = list(self.parameters.names[: len(self.inputs) - len(self.keywords)])
        names += [None] * (len(self.inputs) - len(self.keywords) - len(names))
        return [*names, *self.keywords]


@contextmanager
def convert_failures(title: str) -> Iterator[None]:
    """Turn what a function raises into FunctionFailed; what is raised on purpose goes on as it is.

    Args:
        title: names the function.
    """
    try:
        yield
    except AdapterError:
        raise
    except (Exception, SystemExit) as error:
        raise FunctionFailed(f"{title} raised {type(error).__name__}") from error
