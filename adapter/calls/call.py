"""One call of an endpoint, and what it gives while it runs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapter.calls.notices import Said
from adapter.calls.request import Request
from adapter.components.base import Block
from adapter.components.state import State
from adapter.files.in_call import CallFiles
from adapter.state.session import SessionId

CALL_SECONDS = 29.0
"""Time for a call where the invocation tells no deadline: API Gateway's limit.
Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an endpoint.

    Attributes:
        data: the wire's list, one item per input; items of State are ignored.
        request: for functions that ask for it.
        session: whose state; ``None`` for a call whose States are not kept.
        echo: the session's version that the client saw last.
        deadline: on the monotonic clock, in seconds; when the invocation ends.
        notice: takes what the function tells its visitor, and how far it is.
        cancelled: asked between the yields of a generator.
        target: the block whose event it is; ``None`` for the page's, and for callers of the API.
        event_data: what the page tells of the event.
        files: what it may do with files.
        live: whether what is said goes out at once; otherwise when it is sure that the run counts.
        on_host: awaits what an ``async`` function returned, where it has to run.
        key: under which the caller sends it again if the answer is lost: what it changed is not changed twice.
    """

    data: Sequence[Any]
    request: Request = field(default_factory=Request)
    session: SessionId | None = None
    echo: int | None = None
    deadline: float = field(default_factory=lambda: time.monotonic() + CALL_SECONDS)
    notice: Callable[[Said], None] = lambda _: None
    cancelled: Callable[[], bool] = lambda: False
    target: Block | None = None
    event_data: Any = None
    files: CallFiles = field(default_factory=CallFiles)
    live: bool = False
    on_host: Callable[[Awaitable[Any]], Awaitable[Any]] | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a call gave so far.

    Attributes:
        data: the wire's list, one item per output; ``None`` for State.
        final: whether the call has ended and its state is durable.
        changed: the States among the outputs that the call changed, where something listens to that.
        version: of the session, for the client's echo.
        seconds: since the call started.
        drawing: the part of the page that the call has drawn.
    """

    data: list[Any]
    final: bool
    changed: tuple[State, ...] = ()
    version: int | None = None
    seconds: float = 0.0
    drawing: Any = None
