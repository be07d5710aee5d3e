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
from dataclasses import dataclass, field
from typing import Any, TypeVar

from adapter.errors import Conflict, NotFound
from adapter.state.backoff import Backoff
from adapter.state.codec import decode, encode, seal, unseal
from adapter.state.queue.latency import BYTES_PER_SECOND, LONGEST_GRACE_SECONDS, grace, measure, unknown
from adapter.state.session import SessionId, mailbox_key
from adapter.state.stores.base import ABSENT, Record, Write, new_nonce, next_version
from adapter.state.stores.recent import newest
from adapter.state.warm_store import WarmStore

Result = TypeVar("Result")

KEPT_SECONDS = 300
"""How long a joined call waits for its stream."""

REMEMBERED = 16
"""Writes that a mailbox remembers, for lost replies: nobody sends them again, and it is written three times a call."""

SHARED_SECONDS = 15.0
"""How long after two calls overlapped their messages are kept for every stream of the session."""


@dataclass(frozen=True, slots=True)
class QueuedCall:
    """A call as it was joined."""

    event_id: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a stream is to do next.

    Attributes:
        run: calls that it has claimed.
        deliver: messages of calls that other streams ran, by event id.
        lost: events whose stream never came back: its environment ended.
        wait: whether others are running calls whose messages this stream must deliver too.
        closed: whether the stream may close now.
    """

    run: list[QueuedCall] = field(default_factory=list)
    deliver: dict[str, list[Any]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    wait: bool = False
    closed: bool = False


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

        def change(box: dict[str, Any], now: float) -> float:
            events = box["events"]
            if self._shared or any(event["status"] in ("pending", "running") for event in events.values()):
                box["shared_until"] = now + SHARED_SECONDS
            until = box["closed_at"] + grace(box, overlapping=box["shared_until"] > now)
            pause: float = min(LONGEST_GRACE_SECONDS, max(0.0, until - now))
            events[event_id] = {"status": "pending", "body": body, "answered_at": now + pause}
            return pause

        return self._change(change, backoff)

    def open(self, stream: str, *, until: float, backoff: Backoff, received: float | None = None) -> Turn:
        """Claim what is pending.

        Args:
            stream: who claims it.
            until: Unix time at which the stream's invocation ends.
            backoff: bounds the tries.
            received: Unix time at which the stream's request came in; now unless given.
        """

        def change(box: dict[str, Any], now: float) -> Turn:
            events = box["events"].values()
            answered = [event["answered_at"] for event in events if event["status"] == "pending"]
            if answered:
                measure(box, (received or now) - min(answered))
            theirs = [event for event in events if event["status"] != "pending" and not event.get("own")]
            turn = _turn(box, stream, {}, until, now)
            if len(turn.run) == 1 and not theirs and not self._shared:
                box["events"][turn.run[0].event_id]["own"] = True
            return turn

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

        def change(box: dict[str, Any], now: float) -> Turn:
            return _turn(box, stream, finished, until, now, sent_bytes=sent_bytes, empty_handed=empty_handed)

        return self._change(change, backoff, only_news=not finished)

    def cancel(self, event_id: str, *, backoff: Backoff) -> bool:
        """Take back a call that no stream has claimed, and mark one that runs; return whether it was there."""

        def change(box: dict[str, Any], _: float) -> bool:
            event = box["events"].get(event_id)
            if event is None:
                return False
            if event["status"] == "pending":
                del box["events"][event_id]
            else:
                event["cancelled"] = True
            return True

        return self._change(change, backoff)

    def is_cancelled(self, event_id: str) -> bool:
        """Whether somebody asked to end the running call."""
        record = self._warm_store.store.read([self._key]).get(self._key)
        event = {} if record is None else _opened(record)["events"].get(event_id, {})
        return bool(event.get("cancelled"))

    def must_know(self, event_id: str) -> None:
        """Check that a call was joined.

        Raises:
            NotFound: it never was, or its messages are gone.
        """
        record = self._warm_store.store.read([self._key]).get(self._key)
        if record is None or event_id not in _opened(record)["events"]:
            raise NotFound("404: Not Found")
        self._warm_store.cache.put(self._key, record)

    def _change(
        self, change: Callable[[dict[str, Any], float], Result], backoff: Backoff, *, only_news: bool = False
    ) -> Result:
        """Apply ``change`` and write the mailbox by compare-and-swap, from the warm copy, which a conflict mends.

        With ``only_news`` the store is asked, and written only if something changes.
        """
        warm = None if only_news else self._warm_store.cache.get(self._key)
        record = warm[0] if warm is not None else self._warm_store.store.read([self._key]).get(self._key, ABSENT)
        while True:
            now = self._warm_store.clock()
            box = _opened(record, now)
            result = change(box, now)
            payload = seal(encode(box, name="mailbox"))
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


def _opened(record: Record, now: float | None = None) -> dict[str, Any]:
    box: dict[str, Any] = {"events": {}, "shared_until": 0.0, "closed_at": 0.0, **unknown()}
    expired = now is not None and record.expires_at is not None and record.expires_at <= now
    if record.payload is not None and not expired:
        box.update(decode(unseal(record.payload)))
    return box


def _turn(
    box: dict[str, Any],
    stream: str,
    finished: dict[str, list[Any]],
    until: float,
    now: float,
    *,
    sent_bytes: int = 0,
    empty_handed: bool = True,
) -> Turn:
    events: dict[str, dict[str, Any]] = box["events"]
    _put_down(box, stream, finished, now)
    lost = [one for one, event in events.items() if event["status"] == "running" and event["until"] <= now]
    for event_id in lost:
        del events[event_id]
    run = []
    for event_id, event in events.items():
        if event["status"] == "pending":
            run.append(QueuedCall(event_id, event["body"]))
            event.update(status="running", by=[stream], until=until, body={})
    deliver = {}
    for event_id, event in events.items():
        if event["status"] == "done" and stream not in event["by"]:
            deliver[event_id] = event["messages"]
            event["by"].append(stream)
    empty_handed = empty_handed and not (run or deliver or lost)
    others = [
        event
        for event in events.values()
        if event["status"] == "running" and stream not in event["by"] and (empty_handed or not event.get("own"))
    ]
    for event in others:
        event["awaited"] = True
    closed = not run and not others
    if closed:
        box["closed_at"] = now + sent_bytes / BYTES_PER_SECOND
    return Turn(run, deliver, lost, wait=bool(others) and not run, closed=closed)


def _put_down(box: dict[str, Any], stream: str, finished: dict[str, list[Any]], now: float) -> None:
    """Keep the messages of what has ended, as long as somebody else may wait for them."""
    events: dict[str, dict[str, Any]] = box["events"]
    shared = box["shared_until"] > now
    for event_id, messages in finished.items():
        event = events.pop(event_id, {})
        if event.get("awaited") or (shared and not event.get("own")):
            events[event_id] = {"status": "done", "messages": messages, "at": now, "by": [stream]}
    for event_id, event in list(events.items()):
        if event["status"] == "done" and event["at"] + SHARED_SECONDS < now:
            del events[event_id]


def new_stream() -> str:
    """Return a name for a stream, unlike any other's."""
    return new_nonce().hex()


def statuses(record: Record) -> list[str]:
    """Return how each call that a mailbox holds stands: pending, running or done.

    Raises:
        CannotRead: the mailbox is another version's.
    """
    return [str(event["status"]) for event in _opened(record)["events"].values()]


def is_finished(record: Record, *, now: float) -> bool:
    """Whether nobody waits for anything in a mailbox at Unix second ``now``, so that it may go.

    Raises:
        CannotRead: the mailbox is another version's.
    """
    box = _opened(record)
    answered = all(event["status"] == "done" and event["at"] + SHARED_SECONDS < now for event in box["events"].values())
    closed_at: float = box["closed_at"]
    return answered and closed_at + LONGEST_GRACE_SECONDS < now
