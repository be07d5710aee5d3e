"""Live objects of a session: what cannot be stored, made again in each environment from what can."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

from adapter.errors import ConfigurationError
from adapter.state.codec import encode
from adapter.state.transaction import current

P = ParamSpec("P")
T = TypeVar("T")

MOST_SESSIONS = 64
"""Objects that one factory keeps in one environment, unless it is said otherwise."""


class _Made(Generic[T]):
    """One session's object, as soon as it is made."""

    __slots__ = ("guard", "objects")

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.objects: list[T] = []


def per_session(factory: Callable[P, T], *, most_sessions: int = MOST_SESSIONS) -> Callable[P, T]:
    """Return a function that gives the session's own ``factory(…)``: made at its first use in each environment.

    For what cannot be stored: a client, an agent, a connection. Keep in a State what it is made from, and call the
    function with that; for other arguments another object is made. It may be gone at any call, when the session
    comes to another environment or ``most_sessions`` others came since: what must not be lost belongs in the State.
    Also a decorator, ``@per_session``. Safe under threads; a failed factory is tried again.

    Args:
        factory: makes the object; a plain function, whose arguments can stand in a State.
        most_sessions: how many objects are kept; the one that was unused for longest is dropped.

    Raises:
        ConfigurationError: ``most_sessions`` is below 1.
    """
    if most_sessions < 1:
        raise ConfigurationError(f"most_sessions is {most_sessions}; give a number of at least 1.")
    kept: OrderedDict[tuple[str, bytes], _Made[T]] = OrderedDict()
    guard = threading.Lock()

    @wraps(factory)
    def get(*args: P.args, **kwargs: P.kwargs) -> T:
        transaction = current.get()
        if transaction is not None and transaction.session is None:
            return factory(*args, **kwargs)  # a call of nobody's: there is no next one
        session = transaction.session.digest() if transaction is not None and transaction.session is not None else ""
        key = session, encode([list(args), kwargs], name=f"{getattr(factory, '__name__', 'factory')}'s arguments")
        with guard:
            made = kept.setdefault(key, _Made())
            kept.move_to_end(key)
            while len(kept) > most_sessions:
                kept.popitem(last=False)
        with made.guard:
            if not made.objects:
                made.objects.append(factory(*args, **kwargs))
        return made.objects[0]

    return get
