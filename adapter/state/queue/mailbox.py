"""Queued calls of a session, between the request that joins one and the stream that runs it.

    join ──► pending ──► running (claimed by one stream) ──► gone, or kept for other streams
                │
                └── cancelled

Whichever environment gets the stream's request claims what is pending, runs it and closes. Three
things make that hard, and are solved here:

* A call joined after the stream's last look, but before its client has read "closed", would be
  orphaned: the client opens no second stream. So a join that comes right after a close is
  answered only when the news of it must have arrived (`Mailbox.join`).
* Two clients that share a session share its mailbox: one's stream may claim the other's call. So
  while calls overlap, finished messages are kept for a while and every stream delivers them all;
  a client passes over events that it does not know.
* A stream whose environment is killed leaves calls behind that look as if they ran. Nobody waits
  for a call that can only be the dead stream's client's own: the one call there was when the
  stream was opened. Its client has seen its stream break, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from adapter.errors import Conflict, NotFound
from adapter.state.backoff import Backoff
from adapter.state.queue.box import Box, Turn, pack, unpack
from adapter.state.session import SessionId, mailbox_key
from adapter.state.stores.base import ABSENT, Record, Write, new_nonce, next_version
from adapter.state.stores.recent import newest
from adapter.state.warm_store import WarmStore

Result = TypeVar("Result")

KEPT_SECONDS = 300
"""How long a joined call waits for its stream."""

REMEMBERED = 16
"""Writes that a mailbox remembers, for lost replies: nobody sends them again, and it is written three times a call."""


class Mailbox:
    """The queued calls of one session.

    Args:
        warm_store: where the app's state is.
        session: whose calls.
        shared: whether finished messages are always kept for a while, so that a request for them
            may be repeated.
    """

    def __init__(self, warm_store: WarmStore, session: SessionId, *, shared: bool = False) -> None:
        self._warm_store = warm_store
        self._key = mailbox_key(warm_store.app, session)
        self._shared = shared

    def join(self, event_id: str, body: dict[str, Any], *, backoff: Backoff) -> float:
        """Add a call; return the seconds to wait before it is answered, for a client that opens one stream only."""
        return self._change(lambda box, now: box.join(event_id, body, now, shared=self._shared), backoff)

    def open(self, stream: str, *, until: float, backoff: Backoff, received: float | None = None) -> Turn:
        """Claim what is pending.

        Args:
            stream: who claims it.
            until: Unix time at which the stream's invocation ends.
            backoff: bounds the tries.
            received: Unix time at which the stream's request came in; now unless given.
        """

        def change(box: Box, now: float) -> Turn:
            return box.open(stream, now, until=until, received=received, shared=self._shared)

        return self._change(change, backoff)

    def settle(
        self,
        stream: str,
        finished: dict[str, list[Any]],
        *,
        until: float,
        backoff: Backoff,
        sent_bytes: int = 0,
        empty_handed: bool = False,
    ) -> Turn:
        """Put down what ``stream`` has run and return what follows; closes if nothing does.

        Args:
            stream: which.
            finished: messages by event id.
            until: Unix time at which its invocation ends.
            backoff: bounds the tries.
            sent_bytes: what the client has to read before it comes to the close.
            empty_handed: whether the stream has had no messages so far, so that it must be for a
                call that another one runs, whichever.
        """

        def change(box: Box, now: float) -> Turn:
            box.put_down(stream, finished, now)
            return box.turn(stream, now, until=until, sent_bytes=sent_bytes, empty_handed=empty_handed)

        return self._change(change, backoff, only_news=not finished)

    def cancel(self, event_id: str, *, backoff: Backoff) -> bool:
        """Take back a call that no stream has claimed, and mark one that runs; return whether it was there."""
        return self._change(lambda box, _: box.cancel(event_id), backoff)

    def is_cancelled(self, event_id: str) -> bool:
        """Whether somebody asked to end the running call."""
        record = self._warm_store.store.read([self._key]).get(self._key)
        return record is not None and _box(record).is_cancelled(event_id)

    def must_know(self, event_id: str) -> None:
        """Check that a call was joined.

        Raises:
            NotFound: it never was, or its messages are gone.
        """
        record = self._warm_store.store.read([self._key]).get(self._key)
        if record is None or event_id not in _box(record).events:
            raise NotFound("404: Not Found")
        self._warm_store.cache.put(self._key, record)

    def _change(self, change: Callable[[Box, float], Result], backoff: Backoff, *, only_news: bool = False) -> Result:
        """Apply ``change`` and write the mailbox by compare-and-swap, from the warm copy, which a conflict mends.

        With ``only_news`` the store is asked, and written only if something changes.
        """
        warm = None if only_news else self._warm_store.cache.get(self._key)
        record = warm[0] if warm is not None else self._warm_store.store.read([self._key]).get(self._key, ABSENT)
        while True:
            now = self._warm_store.clock()
            box = _box(record, now)
            result = change(box, now)
            payload = pack(box)
            if only_news and payload == record.payload:
                return result
            write = Write(
                key=self._key,
                payload=payload,
                version=next_version(record.version, clock=self._warm_store.clock),
                nonce=new_nonce(),
                expected=record.version or None,
                expires_at=int(now) + KEPT_SECONDS,
                recent=newest(record.recent, REMEMBERED),
            )
            try:
                self._warm_store.store.write([write])
            except Conflict as conflict:
                record = conflict.winners[self._key]
                backoff.wait("the session's queue")
                continue
            self._warm_store.cache.put(self._key, write.record(now))
            return result


def _box(record: Record, now: float | None = None) -> Box:
    """Return what a record holds, if it is not expired at Unix second ``now``; an empty box for nothing."""
    expired = now is not None and record.expires_at is not None and record.expires_at <= now
    return Box() if record.payload is None or expired else unpack(record.payload)


def new_stream() -> str:
    """Return a name for a stream, unlike any other's."""
    return new_nonce().hex()


def statuses(record: Record) -> list[str]:
    """Return how each call that a mailbox holds stands: pending, running or done.

    Raises:
        CannotRead: the mailbox is another version's.
    """
    return _box(record).statuses()


def is_finished(record: Record, *, now: float) -> bool:
    """Whether nobody waits for anything in a mailbox at Unix second ``now``, so that it may go.

    Raises:
        CannotRead: the mailbox is another version's.
    """
    return _box(record).is_finished(now)
