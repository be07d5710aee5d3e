"""A named callable: inputs, outputs, concurrency; runs one call as one transaction."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from typing import Any, Literal, cast

from adapter.calls.call import Call, Step
from adapter.calls.event_data import EventData
from adapter.calls.notices import Heard, Said, collecting
from adapter.calls.outputs import by_output, only_of_batch, sent
from adapter.calls.parameters import parameters
from adapter.calls.progress import Loops, Progress, watching
from adapter.calls.properties import taken
from adapter.calls.property_inputs import given, places
from adapter.calls.request import Header, Request
from adapter.calls.validation import judged
from adapter.components.base import Component
from adapter.components.functions import underlying
from adapter.components.state import State
from adapter.errors import (
    AdapterError,
    ConfigurationError,
    FunctionFailed,
    InvalidInput,
    StateConflict,
    ValidationFailed,
)
from adapter.files.in_call import is_file_data, take, using
from adapter.state.backoff import Backoff
from adapter.state.transaction import Superseded, Transaction, running
from adapter.state.warm_copies import GlobalVariable
from adapter.state.warm_store import WarmStore
from adapter.telemetry.invocation import Figure, concerns, count

logger = logging.getLogger("adapter.calls.endpoint")

Concurrency = Literal["rerun", "lease", "error", "last_write"]
CONCURRENCIES: tuple[Concurrency, ...] = ("rerun", "lease", "error", "last_write")

SPECIAL: tuple[type, ...] = (Request, EventData, Progress, Header)
"""What a function may ask for beside its inputs, by annotation or by a default of that kind."""

MOST_RERUNS = 3
"""Runs again on a winner's value before the call takes the lease, so that it ends."""


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
        validator: gets the inputs before the function; see `check`.
        keywords: names of the parameters that the last inputs fill.

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
        self.parameters = parameters(fn, SPECIAL)
        self.collects_event_data = any(issubclass(kind, EventData) for _, kind in self.parameters.special)
        self.progress = self._progress()
        self.keywords = tuple(keywords)
        self.property_inputs = [] if inputs_by_component else places(self.input_names, self.parameters, self.inputs)
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
        self._writes: dict[str, GlobalVariable] = {}
        self._warned = False

    async def steps(self, call: Call, warm_store: WarmStore) -> AsyncIterator[Step]:
        """Run one call: what a generator yields, and at the end the final step.

        The final step comes after the state is durable. A call that fails changes no state.

        Raises:
            InvalidInput: the data is not what the inputs take.
            Error: the function raised it for the visitor.
            FunctionFailed: the function raised something else.
            StateConflict: somebody else committed first and the call may not be run again.
        """
        started = time.perf_counter()
        self._noted(call)
        count(Figure.CALLS)
        if self.is_generator:
            async with aclosing(self._stream(call, warm_store, started)) as steps:
                async for step in steps:
                    yield step
        else:
            yield await self._once(call, warm_store, started)

    async def result(self, call: Call, warm_store: WarmStore) -> Step:
        """Run one call to its end and return the final step; raises as `steps` does."""
        last: Step | None = None
        async for step in self.steps(call, warm_store):
            last = step
        return cast(Step, last)

    async def check(self, call: Call, warm_store: WarmStore) -> None:
        """Ask the validator, if there is one, whether the call may run; it changes no state.

        Raises:
            ValidationFailed: it may not.
            InvalidInput: the data is not what the inputs take.
            FunctionFailed: the validator raised.
        """
        self._noted(call)
        if self.validator is None:
            return
        transaction = self._transaction(call, warm_store)
        transaction.load()
        with running(transaction), using(call.files):
            try:
                await transaction.await_defaults()
                returned = self.validator(*self._incoming(call, transaction))
                returned = await self._awaited(call, returned) if inspect.isawaitable(returned) else returned
            except AdapterError:
                raise
            except (Exception, SystemExit) as error:
                raise FunctionFailed(f"the validator of {self.title} raised {type(error).__name__}") from error
        results = judged(returned, self.parameters.names)
        if not all(one["is_valid"] for one in results):
            raise ValidationFailed(results)

    async def _once(self, call: Call, warm_store: WarmStore, started: float) -> Step:
        backoff = Backoff(call.deadline)
        transaction = self._transaction(call, warm_store)
        keys = transaction.session_keys if self.concurrency == "lease" else []
        runs = 0
        heard = Heard() if call.live else None
        while True:
            runs += 1
            said: list[Said] = []
            say = said.append if heard is None else heard.run(call.notice)
            try:
                transaction.lock(keys, until=_until(call, warm_store), backoff=backoff)
                transaction.load()
                with running(transaction), using(call.files), collecting(say), watching(self.progress):
                    returned = await self._run(call, transaction)
                    data = self._outgoing(returned, transaction)
                transaction.commit(backoff=backoff, overwrite=self.concurrency == "last_write")
            except Superseded as lost:
                said.clear()  # the visitor hears only the run that counts
                transaction.release()
                self._may_rerun(lost)
                count(Figure.RERUNS)
                backoff.wait(f"{self.title}'s state")
                if runs > MOST_RERUNS:
                    keys = [*transaction.session_keys, *transaction.written_global_keys]
                seeds = {key: record for key, record in lost.records.items() if key not in keys}
                transaction = self._transaction(call, warm_store, seeds=seeds)
            except BaseException:
                transaction.release()
                raise
            else:
                return self._final(data, transaction, started)
            finally:
                for notice in said:
                    call.notice(notice)

    async def _stream(self, call: Call, warm_store: WarmStore, started: float) -> AsyncGenerator[Step, None]:
        backoff = Backoff(call.deadline)
        transaction = self._transaction(call, warm_store)
        data: list[Any] = [None] * len(self.outputs)  # as in Gradio, what yields nothing answers null
        try:
            if self.concurrency == "lease":
                transaction.lock(transaction.session_keys, until=_until(call, warm_store), backoff=backoff)
            transaction.load()
            produced = self._produce(call, transaction)
            try:
                async for data in produced:
                    yield Step(data, final=False, seconds=time.perf_counter() - started)
                    if call.cancelled():
                        break
            finally:
                await produced.aclose()
            try:
                transaction.commit(backoff=backoff, overwrite=self.concurrency == "last_write")
            except Superseded as lost:
                raise _conflict(self, lost) from lost
        finally:
            transaction.release()
        yield self._final(data, transaction, started)

    async def _produce(self, call: Call, transaction: Transaction) -> Any:
        """Yield the wire's form of each yield; the call's context stands only while the function runs."""
        loops = Loops()
        with running(transaction), using(call.files), collecting(call.notice), watching(self.progress, loops):
            await transaction.await_defaults()
            produced = self._called(call, transaction)
        while True:
            with running(transaction), using(call.files), collecting(call.notice), watching(self.progress, loops):
                try:
                    returned = (
                        await self._awaited(call, anext(produced)) if inspect.isasyncgen(produced) else next(produced)
                    )
                except (StopIteration, StopAsyncIteration):
                    return
                except AdapterError:
                    raise
                except (Exception, SystemExit) as error:
                    raise FunctionFailed(f"{self.title} raised {type(error).__name__}") from error
                data = self._outgoing(returned, transaction)
            yield data

    def _transaction(self, call: Call, warm_store: WarmStore, seeds: Mapping[str, Any] | None = None) -> Transaction:
        transaction = Transaction(
            warm_store,
            session=call.session,
            variables=[state.variable for state in self.states],
            globals_likely=self._writes.values(),
            echo=call.echo if self.concurrency == "rerun" else None,  # what runs once starts from what stands now
            seeds=seeds,
            immediate=self.concurrency != "rerun" or self.is_generator,
            key=call.key,
        )
        if self.concurrency == "lease":
            transaction.lease_until(_until(call, warm_store), Backoff(call.deadline))
        return transaction

    def _may_rerun(self, lost: Superseded) -> None:
        if self.concurrency != "rerun":
            raise _conflict(self, lost) from lost
        if not self._warned:
            self._warned = True
            logger.warning(
                "%s ran again because somebody else changed its state meanwhile. If it must run only once "
                "(paid calls, side effects), set concurrency='lease', or 'error', or 'last_write'.",
                self.title,
            )

    async def _run(self, call: Call, transaction: Transaction) -> Any:
        await transaction.await_defaults()
        returned = self._called(call, transaction)
        if not inspect.isawaitable(returned):
            return returned
        with self.failing():
            return await self._awaited(call, returned)

    async def _awaited(self, call: Call, returned: Awaitable[Any]) -> Any:
        """Await what an ``async`` function returned, on the host app's loop where there is one."""
        return await (returned if call.on_host is None or not self.is_async else call.on_host(returned))

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Turn what the function raises into FunctionFailed; what is raised on purpose goes on as it is."""
        try:
            yield
        except AdapterError:
            raise
        except (Exception, SystemExit) as error:
            raise FunctionFailed(f"{self.title} raised {type(error).__name__}") from error

    def _called(self, call: Call, transaction: Transaction) -> Any:
        arguments = self._incoming(call, transaction)
        if self.batch:
            arguments = [[argument] for argument in arguments]
        split = len(arguments) - len(self.keywords)
        named = dict(zip(self.keywords, arguments[split:], strict=True))
        positional, rest = self.parameters.place(arguments[:split], named)
        with self.failing():
            return self.fn(*self.parameters.fill(positional, self._specials(call)), **rest)

    def _specials(self, call: Call) -> dict[type, Any]:
        found: dict[type, Any] = {Request: call.request, Progress: self.progress}
        for _, kind in self.parameters.special:
            if issubclass(kind, EventData):
                found[kind] = kind(call.target, _placed(call.event_data))
            elif issubclass(kind, Header):
                found[kind] = kind.of(call.request)
        return found

    def _progress(self) -> Progress | None:
        """Return the default of the function's parameter for progress, if it has such a parameter."""
        if not any(kind is Progress for _, kind in self.parameters.special):
            return None
        defaults = [parameter.default for parameter in inspect.signature(self.fn).parameters.values()]
        return next((one for one in defaults if isinstance(one, Progress)), None) or Progress()

    # -- wire ↔ values ------------------------------------------------------------------------

    def _incoming(self, call: Call, transaction: Transaction) -> list[Any]:
        values = [
            self._value(place, component, data, transaction)
            for place, (component, data) in enumerate(zip(self.inputs, self.slots(call.data), strict=True))
        ]
        return [dict(zip(self.inputs, values, strict=True))] if self.inputs_by_component else values

    def _value(self, place: int, component: Component, data: Any, transaction: Transaction) -> Any:
        if isinstance(component, State):
            return transaction.value(component.variable)
        component = component.for_function(self.fn, self.input_names[place])
        return (given if place in self.property_inputs else taken)(component, data, transaction)

    def slots(self, data: Sequence[Any]) -> list[Any]:
        """Return ``data`` with one slot per input; callers may leave out those of State.

        Raises:
            InvalidInput: the number fits neither way.
        """
        if len(data) == len(self.inputs):
            return list(data)
        shown = [component for component in self.inputs if not component.skip_api]
        if len(data) != len(shown):
            wanted = ", ".join(component.label or component.TYPE for component in shown) or "none"
            raise InvalidInput(f"{self.title} got {len(data)} inputs; it takes {len(shown)}: {wanted}.")
        given = iter(data)
        return [None if component.skip_api else next(given) for component in self.inputs]

    def _outgoing(self, returned: Any, transaction: Transaction) -> list[Any]:
        if self.batch:
            returned = only_of_batch(returned, len(self.outputs))
        return sent(by_output(returned, self.outputs, self.title), self.outputs, transaction, self.title)

    def _final(self, data: list[Any], transaction: Transaction, started: float) -> Step:
        for variable in transaction.globals_written():
            self._writes.setdefault(variable.name, variable)
        # as in Gradio, a listener that only looks at a State and alters it in place does not call itself
        told = {one.id: one for one in self.outputs if isinstance(one, State) and one.observed}
        changed = tuple(state for state in told.values() if state.variable.name in transaction.changed)
        return Step(data, True, changed, transaction.version, time.perf_counter() - started)

    def _noted(self, call: Call) -> None:
        concerns(endpoint=self.title, session=call.session.short if call.session is not None else None)

    @property
    def input_names(self) -> list[str | None]:
        """The parameters that the inputs fill, in order; ``None`` for one that has no name."""
        if self.inputs_by_component:
            return [None] * len(self.inputs)
        names: list[str | None] = list(self.parameters.names[: len(self.inputs) - len(self.keywords)])
        names += [None] * (len(self.inputs) - len(self.keywords) - len(names))
        return [*names, *self.keywords]

    @property
    def title(self) -> str:
        """How messages name the endpoint."""
        return f"/{self.name}" if self.name else getattr(self.fn, "__name__", type(self.fn).__name__)


def _placed(event_data: Any) -> Any:
    """Return what the page tells of an event; a file with its place on this machine."""
    return {**event_data, "path": str(take(event_data))} if is_file_data(event_data) else event_data


def _until(call: Call, warm_store: WarmStore) -> int:
    """Return when a lease of this call ends at the latest: with its invocation, in Unix milliseconds."""
    return int((warm_store.clock() + max(0.0, call.deadline - time.monotonic())) * 1000)


def _conflict(endpoint: Endpoint, lost: Superseded) -> StateConflict:
    return StateConflict(
        f"{endpoint.title}: {lost} It runs only once (concurrency={endpoint.concurrency!r}), so nothing was changed; "
        f"try again. A GlobalState that such a function changes is best changed by its update() method."
    )
