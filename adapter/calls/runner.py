"""Runs the calls of endpoints: each as one transaction, once or as a stream, by the endpoint's concurrency."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Any, cast

from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Endpoint, convert_failures
from adapter.calls.inputs import arguments, input_values
from adapter.calls.notices import Heard, Said, collect
from adapter.calls.progress import Loops, watch
from adapter.calls.validation import verdicts
from adapter.components.state import State
from adapter.errors import StateConflict, ValidationFailed
from adapter.files.in_call import using
from adapter.state.backoff import Backoff
from adapter.state.transaction import Superseded, Transaction, running
from adapter.state.warm_store import WarmStore
from adapter.telemetry.invocation import Figure, concerns, count

logger = logging.getLogger("adapter.calls.runner")

MOST_RERUNS = 3
"""Runs again on a winner's value before the call takes the lease, so that it ends."""

_END = object()
"""Comes after the last value of a generator."""


async def steps(endpoint: Endpoint, call: Call, warm_store: WarmStore) -> AsyncIterator[Step]:
    """Run one call: yield what a generator yields, and at the end the final step.

    The final step comes after the state is durable. A call that fails changes no state.

    Args:
        endpoint: that is called.
        call: its data, and for whom it runs.
        warm_store: where the app's state is.

    Raises:
        InvalidInput: the data is not what the inputs take.
        Error: the function raised it for the visitor.
        FunctionFailed: the function raised something else.
        StateConflict: somebody else committed first and the call may not be run again.
    """
    run = Run(endpoint, call, warm_store)
    count(Figure.CALLS)
    if endpoint.is_generator:
        async with aclosing(run.stream()) as stream:
            async for step in stream:
                yield step
    else:
        yield await run.once()


async def result(endpoint: Endpoint, call: Call, warm_store: WarmStore) -> Step:
    """Run one call to its end and return the final step; takes and raises what `steps` does."""
    last: Step | None = None
    async for step in steps(endpoint, call, warm_store):
        last = step
    return cast(Step, last)


async def check(endpoint: Endpoint, call: Call, warm_store: WarmStore) -> None:
    """Ask the validator, if there is one, whether the call may run; it changes no state.

    Args:
        endpoint: that is called.
        call: its data, and for whom it runs.
        warm_store: where the app's state is.

    Raises:
        ValidationFailed: it may not.
        InvalidInput: the data is not what the inputs take.
        FunctionFailed: the validator raised.
    """
    run = Run(endpoint, call, warm_store)
    if endpoint.validator is not None:
        await run.validate(endpoint.validator)


class Run:
    """The run of one call, from the transaction's begin to its commit.

    Args:
        endpoint: that is called.
        call: its data, and for whom it runs.
        warm_store: where the app's state is.
    """

    def __init__(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> None:
        self.endpoint = endpoint
        self.call = call
        self.warm_store = warm_store
        self._started = time.perf_counter()
        concerns(endpoint=endpoint.title, session=call.session.short if call.session is not None else None)

    async def validate(self, validator: Callable[..., Any]) -> None:
        """Ask ``validator`` whether the call may run; see `check`."""
        transaction = self._begin()
        transaction.load()
        title = f"the validator of {self.endpoint.title}"
        with running(transaction), using(self.call.files), convert_failures(title):
            await transaction.await_defaults()
            returned = validator(*input_values(self.endpoint, self.call.data, transaction))
            returned = await self._host_result(returned) if inspect.isawaitable(returned) else returned
        results = verdicts(returned, self.endpoint.parameters.names)
        if not all(one["is_valid"] for one in results):
            raise ValidationFailed(results)

    async def once(self) -> Step:
        """Run a function that returns, again if it has to be by now, and return the final step."""
        endpoint, call = self.endpoint, self.call
        backoff = Backoff(call.deadline)
        transaction = self._begin()
        keys = transaction.session_keys if endpoint.concurrency == "lease" else []
        runs = 0
        heard = Heard() if call.live else None
        while True:
            runs += 1
            said: list[Said] = []
            say = said.append if heard is None else heard.run(call.notice)
            try:
                transaction.lock(keys, until=self._until, backoff=backoff)
                transaction.load()
                with self._current(transaction, say):
                    data = endpoint.postprocess(await self._returned(transaction), transaction)
                transaction.commit(backoff=backoff, overwrite=endpoint.concurrency == "last_write")
            except Superseded as lost:
                said.clear()  # the visitor hears only the run that counts
                transaction.release()
                self._require_rerun(lost)
                count(Figure.RERUNS)
                backoff.wait(f"{endpoint.title}'s state")
                if runs > MOST_RERUNS:
                    keys = [*transaction.session_keys, *transaction.written_global_keys]
                seeds = {key: record for key, record in lost.records.items() if key not in keys}
                transaction = self._begin(seeds)
            except BaseException:
                transaction.release()
                raise
            else:
                return self._final(data, transaction)
            finally:
                for notice in said:
                    call.notice(notice)

    async def stream(self) -> AsyncGenerator[Step, None]:
        """Run a generator; yield what it yields, and at the end the final step."""
        endpoint = self.endpoint
        backoff = Backoff(self.call.deadline)
        transaction = self._begin()
        data: list[Any] = [None] * len(endpoint.outputs)  # as in Gradio, what yields nothing answers null
        try:
            if endpoint.concurrency == "lease":
                transaction.lock(transaction.session_keys, until=self._until, backoff=backoff)
            transaction.load()
            async with aclosing(self._yielded(transaction)) as yielded:
                async for data in yielded:
                    yield Step(data, final=False, seconds=time.perf_counter() - self._started)
                    if self.call.cancelled():
                        break
            try:
                transaction.commit(backoff=backoff, overwrite=endpoint.concurrency == "last_write")
            except Superseded as lost:
                raise _conflict(endpoint, lost) from lost
        finally:
            transaction.release()
        yield self._final(data, transaction)

    # -- the function ------------------------------------------------------------------------

    async def _returned(self, transaction: Transaction) -> Any:
        """Return what the function returns, awaited if it is ``async``."""
        await transaction.await_defaults()
        returned = self._invoke(transaction)
        if not inspect.isawaitable(returned):
            return returned
        with convert_failures(self.endpoint.title):
            return await self._host_result(returned)

    async def _yielded(self, transaction: Transaction) -> AsyncGenerator[list[Any], None]:
        """Yield the wire's form of each yield; the call's context stands only while the function runs."""
        loops = Loops()
        with self._current(transaction, self.call.notice, loops):
            await transaction.await_defaults()
            produced = self._invoke(transaction)
        while True:
            with self._current(transaction, self.call.notice, loops):
                with convert_failures(self.endpoint.title):
                    value = await self._next(produced)
                if value is _END:
                    return
                data = self.endpoint.postprocess(value, transaction)
            yield data

    async def _next(self, produced: Any) -> Any:
        try:
            return await self._host_result(anext(produced)) if inspect.isasyncgen(produced) else next(produced)
        except (StopIteration, StopAsyncIteration):
            return _END

    def _invoke(self, transaction: Transaction) -> Any:
        positional, keywords = arguments(self.endpoint, self.call, transaction)
        return self.endpoint.invoke(positional, keywords, self.call, transaction)

    async def _host_result(self, work: Awaitable[Any]) -> Any:
        """Await what an ``async`` function returned, on the host app's loop where there is one."""
        on_host = self.call.on_host
        return await (work if on_host is None or not self.endpoint.is_async else on_host(work))

    @contextmanager
    def _current(
        self, transaction: Transaction, say: Callable[[Said], None], loops: Loops | None = None
    ) -> Iterator[None]:
        """Make this the current call: its state, its files, and who hears what the function says."""
        with running(transaction), using(self.call.files), collect(say), watch(self.endpoint.progress, loops):
            yield

    # -- its transaction ---------------------------------------------------------------------

    def _begin(self, seeds: Mapping[str, Any] | None = None) -> Transaction:
        endpoint, call = self.endpoint, self.call
        transaction = Transaction(
            self.warm_store,
            session=call.session,
            variables=[state.variable for state in endpoint.states],
            globals_likely=endpoint.likely_globals.values(),
            echo=call.echo if endpoint.concurrency == "rerun" else None,  # what runs once starts from what stands now
            seeds=seeds,
            immediate=endpoint.concurrency != "rerun" or endpoint.is_generator,
            key=call.key,
        )
        if endpoint.concurrency == "lease":
            transaction.lease_until(self._until, Backoff(call.deadline))
        return transaction

    @property
    def _until(self) -> int:
        """When a lease of this call ends at the latest: with its invocation, in Unix milliseconds."""
        return int((self.warm_store.clock() + max(0.0, self.call.deadline - time.monotonic())) * 1000)

    def _require_rerun(self, lost: Superseded) -> None:
        endpoint = self.endpoint
        if endpoint.concurrency != "rerun":
            raise _conflict(endpoint, lost) from lost
        if not endpoint.has_rerun:
            endpoint.has_rerun = True
            logger.warning(
                "%s ran again because somebody else changed its state meanwhile. If it must run only once "
                "(paid calls, side effects), set concurrency='lease', or 'error', or 'last_write'.",
                endpoint.title,
            )

    def _final(self, data: list[Any], transaction: Transaction) -> Step:
        for variable in transaction.globals_written():
            self.endpoint.likely_globals.setdefault(variable.name, variable)
        # as in Gradio, a listener that only looks at a State and alters it in place does not call itself
        observed = {one.id: one for one in self.endpoint.outputs if isinstance(one, State) and one.observed}
        changed = tuple(state for state in observed.values() if state.variable.name in transaction.changed)
        step = Step(data, True, changed, transaction.version, time.perf_counter() - self._started)
        return self.endpoint.finish(step, transaction)


def _conflict(endpoint: Endpoint, lost: Superseded) -> StateConflict:
    return StateConflict(
        f"{endpoint.title}: {lost} It runs only once (concurrency={endpoint.concurrency!r}), so nothing was changed; "
        f"try again. A GlobalState that such a function changes is best changed by its update() method."
    )
