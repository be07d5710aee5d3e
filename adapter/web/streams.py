"""Queued calls run inside the request that streams their messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import anyio
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Endpoint
from adapter.errors import AdapterError, CannotStore, Error, FunctionFailed, TooLarge
from adapter.gradio_api.messages import CallFormat, Message, QueueFormat, error_shown
from adapter.state.backoff import Backoff
from adapter.state.queue.box import QueuedCall, Turn
from adapter.state.queue.mailbox import Mailbox, new_stream
from adapter.web.errors import report
from adapter.web.service import Service

EVENT_STREAM = "text/event-stream"

WAIT_SECONDS = 0.05
"""Between two looks at what another stream of the same session is running."""

CANCEL_LOOK_SECONDS = 0.5
"""Between two looks whether a generator's client has cancelled it."""

ENDED = Error(
    "The execution environment ended during this call; it may or may not have changed its state. Look, then retry."
)

BUSY = Error("The calls before this one took all the time that a stream has; it was not run. Try again.")

LATE = Error("The execution environment had no time left for this call; it was not run. Try again.")

RUNNING = Error("The call is still running in another request; ask for its result again.")

UNKEPT = Error("The call has ended, and its result was too large to be kept for a second request.")


class EventStream(StreamingResponse):
    """Sends what an async generator yields, and closes it when the client has gone: its call's lease must be free.

    Args:
        blocks: yields the bytes.
        headers: of the answer.
    """

    def __init__(self, blocks: AsyncGenerator[bytes, None], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(blocks, media_type=EVENT_STREAM, headers=headers)
        self._blocks = blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await self._blocks.aclose()


@dataclass(frozen=True, slots=True)
class Stream:
    """One request for the messages of queued calls.

    Attributes:
        service: the app.
        mailbox: where the calls wait.
        format: how messages are written.
        deadline: on the monotonic clock, in seconds; when the invocation ends.
        prepare: returns the endpoint and the call of what stands in the mailbox.
        arrival_time: Unix time at which the request came in, in seconds; ``None`` where it is not known.
    """

    service: Service
    mailbox: Mailbox
    format: QueueFormat | CallFormat
    deadline: float
    prepare: Callable[[dict[str, Any]], tuple[Endpoint, Call]]
    arrival_time: float | None = None

    async def blocks(self) -> AsyncGenerator[bytes, None]:
        """Claim and run what is pending until nothing is left; yield the stream's bytes, which end with its close.

        Whatever fails becomes a message: a client whose stream fails is lost for good.
        """
        sent: list[int] = []
        try:
            async with aclosing(self._messages(sent)) as messages:
                async for message in messages:
                    block = self.format.block(message)
                    sent.append(len(block))
                    yield block
        except Exception as error:  # noqa: BLE001 - as `_run`: reported, and told to the client
            failure = _reported(error)
            for message in self.format.broken(error_shown(failure, show_error=self.service.show_error)):
                yield self.format.block(message)
        for message in self.format.close():
            yield self.format.block(message)

    async def _messages(self, sent: Sequence[int]) -> AsyncGenerator[Message, None]:
        name = new_stream()
        until = self.service.warm_store.clock() + max(0.0, self.deadline - time.monotonic())
        backoff = Backoff(self.deadline)
        turn = self.mailbox.open(name, until=until, backoff=backoff, received=self.arrival_time)
        empty_handed, others_took_time = True, False
        while True:
            for message in self._of_others(turn):
                empty_handed = False
                yield message
            finished: dict[str, list[Any]] = {}
            for queued in turn.run:
                empty_handed = False
                kept = finished.setdefault(queued.event_id, [])
                runs = backoff.has_time
                telling = self._run(queued) if runs else self._refuse(queued, late=not others_took_time)
                async with aclosing(telling) as messages:
                    async for message in messages:
                        kept.append(message)
                        yield message
                others_took_time = others_took_time or runs
            if turn.closed:
                return
            if turn.wait and not backoff.has_time:
                for message in self.format.unfinished(error_shown(RUNNING, show_error=False)):
                    yield message
                return
            if turn.wait:
                others_took_time = True
                await asyncio.sleep(WAIT_SECONDS)
            settle = partial(
                self.mailbox.settle, name, until=until, backoff=backoff, sent_bytes=sum(sent), empty_handed=empty_handed
            )
            try:
                turn = settle(finished)
            except (CannotStore, TooLarge) as error:  # the client has the messages; nobody else will
                report(error)
                lost = error_shown(UNKEPT, show_error=False)
                turn = settle({event_id: self.format.failure(event_id, lost) for event_id in finished})

    def _of_others(self, turn: Turn) -> list[Message]:
        lost = error_shown(ENDED, show_error=False)
        found = [message for event_id in turn.lost for message in self.format.failure(event_id, lost)]
        return found + [message for delivered in turn.deliver.values() for message in delivered]

    async def _refuse(self, queued: QueuedCall, *, late: bool) -> AsyncGenerator[Message, None]:
        """Yield the messages of a call that would outlast the stream, and with it take all other answers away."""
        why = LATE if late else BUSY
        for message in self.format.failure(queued.event_id, error_shown(why, show_error=False)):
            yield message

    async def _run(self, queued: QueuedCall) -> AsyncGenerator[Message, None]:
        """Run one queued call and yield its messages; an error becomes the last of them."""
        event_id = queued.event_id
        previous: Step | None = None
        for message in self.format.begin(event_id):
            yield message
        try:
            endpoint, call = self.prepare(queued.body)
            call = replace(call, cancelled=self._cancel_watch(event_id))
            async with aclosing(self.service.workers.steps(endpoint, call, self.service.warm_store)) as steps:
                async for step in steps:
                    if not isinstance(step, Step):
                        for message in self.format.notice(event_id, step):
                            yield message
                        continue
                    for message in self.format.step(event_id, step, previous):
                        yield message
                    previous = step
        except Exception as error:  # noqa: BLE001 - the stream must go on; it is reported, and told to the client
            shown = error_shown(_reported(error), show_error=self.service.show_error)
            for message in self.format.failure(event_id, shown):
                yield message

    def _cancel_watch(self, event_id: str) -> Callable[[], bool]:
        looked = time.monotonic()

        def cancelled() -> bool:
            nonlocal looked
            if time.monotonic() - looked < CANCEL_LOOK_SECONDS:
                return False
            looked = time.monotonic()
            return self.mailbox.is_cancelled(event_id)

        return cancelled


def _reported(error: Exception) -> AdapterError:
    if not isinstance(error, AdapterError):
        failure = FunctionFailed("the adapter failed")
        failure.__cause__ = error
        error = failure
    report(error)
    return error
