"""What a session's mailbox holds, and how a call moves through it; pure, without a store.

Pending ──► Running ──► gone, or Done while other streams may want its messages
│           │
└── gone    └── cancelled, or gone with its stream
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from adapter.errors import CannotRead
from adapter.state.codec import decode, encode, seal, unseal
from adapter.state.queue.latency import BYTES_PER_SECOND, LONGEST_GRACE_SECONDS, Latency

SHARED_SECONDS = 15.0
"""How long after two calls overlapped their messages are kept for every stream of the session."""


class Pending(msgspec.Struct, tag_field="status", tag="pending"):
    """A call that was joined and that no stream has claimed yet.

    Attributes:
        body: what its client sent.
        answered_at: Unix second at which its client is told that it was joined.
    """

    body: dict[str, Any]
    answered_at: float


class Running(msgspec.Struct, tag_field="status", tag="running", kw_only=True):
    """A call that a stream has claimed and has not put down yet.

    Attributes:
        body: empty, since the stream has it; stored, because earlier versions look for it.
        answered_at: Unix second at which its client was told that it was joined.
        by: the stream's name.
        until: Unix second at which the stream's invocation ends: after it the call is lost.
        own: whether it can only be a call of the stream's own client, so that nobody else waits for it.
        awaited: whether another stream waits for its messages.
        cancelled: whether somebody asked to end it.
    """

    body: dict[str, Any] = msgspec.field(default_factory=dict)
    answered_at: float
    by: list[str]
    until: float
    own: bool = False
    awaited: bool = False
    cancelled: bool = False


class Done(msgspec.Struct, tag_field="status", tag="done"):
    """A call that has ended, and whose messages other streams may have to deliver, too.

    Attributes:
        messages: what its client is to be told.
        at: Unix second at which it ended.
        by: the streams that have delivered them.
    """

    messages: list[Any]
    at: float
    by: list[str]


Event = Pending | Running | Done


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


class Box(msgspec.Struct):
    """The calls of one session, and what is known of its clients.

    Attributes:
        events: the calls by event id, in the order in which they were joined or put down.
        shared_until: Unix second until which finished messages are kept for every stream.
        closed_at: Unix second at which the news of the last close was on its way.
        latency: of its clients.
    """

    events: dict[str, Event] = msgspec.field(default_factory=dict)
    shared_until: float = 0.0
    closed_at: float = 0.0
    latency: Latency = msgspec.field(default_factory=Latency)

    def join(self, event_id: str, body: dict[str, Any], now: float, *, shared: bool) -> float:
        """Add a call and return the seconds to wait before it is answered.

        Args:
            event_id: its name.
            body: what its client sent.
            now: Unix seconds.
            shared: whether its messages are kept for other streams, though no call overlaps with it.
        """
        if shared or any(isinstance(event, Pending | Running) for event in self.events.values()):
            self.shared_until = now + SHARED_SECONDS
        until = self.closed_at + self.latency.grace(overlapping=self.shared_until > now)
        pause = min(LONGEST_GRACE_SECONDS, max(0.0, until - now))
        self.events[event_id] = Pending(body, now + pause)
        return pause

    def open(self, stream: str, now: float, *, until: float, received: float | None, shared: bool) -> Turn:
        """Return the first turn of a stream, which claims what is pending.

        Args:
            stream: its name.
            now: Unix seconds.
            until: Unix second at which its invocation ends.
            received: Unix second at which its request came in; now unless given.
            shared: whether the call that it claims may be other clients', though it is the only one.
        """
        answered = [event.answered_at for event in self.events.values() if isinstance(event, Pending)]
        if answered:
            self.latency.measure((received or now) - min(answered))
        theirs = [event for event in self.events.values() if not (isinstance(event, Pending) or _is_own(event))]
        turn = self.turn(stream, now, until=until)
        if len(turn.run) == 1 and not theirs and not shared:
            claimed = self.events[turn.run[0].event_id]
            assert isinstance(claimed, Running)
            claimed.own = True
        return turn

    def turn(self, stream: str, now: float, *, until: float, sent_bytes: int = 0, empty_handed: bool = True) -> Turn:
        """Return what a stream does next, and close it if there is nothing.

        Args:
            stream: its name.
            now: Unix seconds.
            until: Unix second at which its invocation ends.
            sent_bytes: what its client has to read before it comes to the close.
            empty_handed: whether it has had no messages so far.
        """
        self._drop_outdated(now)
        lost = [one for one, event in self.events.items() if isinstance(event, Running) and event.until <= now]
        for event_id in lost:
            del self.events[event_id]
        run = self._claim(stream, until)
        deliver = {}
        for event_id, event in self.events.items():
            if isinstance(event, Done) and stream not in event.by:
                deliver[event_id] = event.messages
                event.by.append(stream)
        empty_handed = empty_handed and not (run or deliver or lost)
        others = [
            event
            for event in self.events.values()
            if isinstance(event, Running) and stream not in event.by and (empty_handed or not event.own)
        ]
        for other in others:
            other.awaited = True
        closed = not run and not others
        if closed:
            self.closed_at = now + sent_bytes / BYTES_PER_SECOND
        return Turn(run, deliver, lost, wait=bool(others) and not run, closed=closed)

    def put_down(self, stream: str, finished: dict[str, list[Any]], now: float) -> None:
        """Keep the messages of what ``stream`` has run, by event id, if somebody else may wait for them."""
        shared = self.shared_until > now
        for event_id, messages in finished.items():
            event = self.events.pop(event_id, None)
            awaited = isinstance(event, Running) and event.awaited
            if awaited or (shared and not _is_own(event)):
                self.events[event_id] = Done(messages, now, [stream])

    def cancel(self, event_id: str) -> bool:
        """Take back a call that no stream has claimed, and mark one that runs; return whether it was there."""
        event = self.events.get(event_id)
        if isinstance(event, Pending):
            del self.events[event_id]
        elif isinstance(event, Running):
            event.cancelled = True
        return event is not None

    def is_cancelled(self, event_id: str) -> bool:
        """Whether somebody asked to end the running call."""
        event = self.events.get(event_id)
        return isinstance(event, Running) and event.cancelled

    def statuses(self) -> list[str]:
        """Return how each call stands: pending, running or done."""
        return [_status(event) for event in self.events.values()]

    def is_finished(self, now: float) -> bool:
        """Whether nobody waits for anything in it at Unix second ``now``, so that it may go."""
        answered = all(_is_outdated(event, now) for event in self.events.values())
        return answered and self.closed_at + LONGEST_GRACE_SECONDS < now

    def _claim(self, stream: str, until: float) -> list[QueuedCall]:
        run = []
        for event_id, event in self.events.items():
            if isinstance(event, Pending):
                run.append(QueuedCall(event_id, event.body))
                self.events[event_id] = Running(answered_at=event.answered_at, by=[stream], until=until)
        return run

    def _drop_outdated(self, now: float) -> None:
        self.events = {one: event for one, event in self.events.items() if not _is_outdated(event, now)}


def pack(box: Box) -> bytes:
    """Return the payload of a mailbox."""
    stored = {
        "events": {event_id: _stored(event) for event_id, event in box.events.items()},
        "shared_until": box.shared_until,
        "closed_at": box.closed_at,
        **msgspec.structs.asdict(box.latency),
    }
    return seal(encode(stored, name="mailbox"))


def unpack(payload: bytes) -> Box:
    """Return the mailbox that a payload holds.

    Raises:
        CannotRead: it is another version's.
    """
    stored = decode(unseal(payload))
    try:
        box = msgspec.convert(stored, Box)
        box.latency = msgspec.convert(stored, Latency)
    except msgspec.ValidationError as error:
        raise CannotRead(f"it is no mailbox of this version of the adapter: {error}") from error
    return box


def _stored(event: Event) -> dict[str, Any]:
    """Return the stored form of a call, in which a mark that is not set does not stand."""
    fields = msgspec.structs.asdict(event)
    return {"status": _status(event), **{name: value for name, value in fields.items() if value is not False}}


def _status(event: Event) -> str:
    return str(event.__struct_config__.tag)


def _is_own(event: Event | None) -> bool:
    return isinstance(event, Running) and event.own


def _is_outdated(event: Event, now: float) -> bool:
    return isinstance(event, Done) and event.at + SHARED_SECONDS < now
