"""Live objects: made once per session and environment, from what a State holds."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapter.errors import CannotStore, ConfigurationError
from adapter.state.per_session import per_session
from adapter.state.session import SessionId
from adapter.state.transaction import Transaction, running
from adapter.state.warm_store import WarmStore


class Client:
    """Cannot be stored."""

    def __init__(self, model: str, *, limit: int = 1) -> None:
        self.model = model
        self.limit = limit
        self.lock = threading.Lock()


def call(warm_store: WarmStore, session: str | None, *args: object, client: object) -> object:
    """Return what ``client`` gives in a call of a session."""
    with running(Transaction(warm_store, session=None if session is None else SessionId("hash", session))):
        return client(*args)  # type: ignore[operator]


def test_a_session_has_an_object_of_its_own(warm_store: WarmStore) -> None:
    """The next call of the session gets the same; another session never does."""
    client = per_session(Client)
    ann = call(warm_store, "ann", "small", client=client)
    assert call(warm_store, "ann", "small", client=client) is ann
    assert call(warm_store, "bob", "small", client=client) is not ann


def test_other_settings_are_another_object(warm_store: WarmStore) -> None:
    """What the object is made from stands in a State, and may change there."""
    client = per_session(Client)
    small, large = call(warm_store, "ann", "small", client=client), call(warm_store, "ann", "large", client=client)
    assert (small.model, large.model) == ("small", "large")  # type: ignore[attr-defined]
    assert call(warm_store, "ann", "small", client=client) is small


def test_a_call_of_no_session_shares_nothing(warm_store: WarmStore) -> None:
    """There is nobody whose object it could be."""
    client = per_session(Client)
    assert call(warm_store, None, "small", client=client) is not call(warm_store, None, "small", client=client)


def test_a_script_has_one_of_its_own() -> None:
    """Outside a call, as in a test or a notebook."""
    client = per_session(Client)
    assert client("small") is client("small")


def test_the_object_that_was_unused_for_longest_goes_first(warm_store: WarmStore) -> None:
    """An environment does not fill up with objects of sessions that have gone."""
    client = per_session(Client, most_sessions=2)
    ann, bob = call(warm_store, "ann", "s", client=client), call(warm_store, "bob", "s", client=client)
    assert call(warm_store, "ann", "s", client=client) is ann
    call(warm_store, "eve", "s", client=client)
    assert call(warm_store, "ann", "s", client=client) is ann
    assert call(warm_store, "bob", "s", client=client) is not bob


def test_two_threads_of_a_session_make_one_object(warm_store: WarmStore) -> None:
    """The second waits for the first."""
    gate = threading.Barrier(2, timeout=10)
    made: list[Client] = []

    @per_session
    def client(model: str) -> Client:
        made.append(Client(model))
        return made[-1]

    def one(_: int) -> object:
        gate.wait()
        return call(warm_store, "ann", "s", client=client)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(one, range(2))
    assert first is second is made[0]
    assert len(made) == 1


def test_a_factory_that_failed_is_tried_again(warm_store: WarmStore) -> None:
    """Its error is the caller's."""
    answers = iter([OSError("no network"), "connected"])

    @per_session
    def connect() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    with pytest.raises(OSError, match="no network"):
        call(warm_store, "ann", client=connect)
    assert call(warm_store, "ann", client=connect) == "connected"


def test_what_an_object_is_made_from_can_be_stored() -> None:
    """Else it could not be made again where the session goes next."""
    with pytest.raises(CannotStore, match='State "Client\'s arguments" cannot be stored'):
        per_session(Client)(threading.Lock())  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="most_sessions is 0"):
        per_session(Client, most_sessions=0)
