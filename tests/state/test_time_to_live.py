from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from adapter.state.backoff import Backoff
from adapter.state.session import SessionId, StateVariable
from adapter.state.session_end import reset_session
from adapter.state.transaction import Transaction
from adapter.state.warm_store import WarmStore
from tests.state.conftest import Clock

ANN = SessionId("hash", "ann")
Start = Callable[[], WarmStore]


def call(warm_store: WarmStore, variable: StateVariable, change: Callable[[Any], None] = lambda _: None) -> Any:
    """Run one call that changes the State, and return the value it saw."""
    transaction = Transaction(warm_store, session=ANN, variables=[variable])
    transaction.load()
    value = transaction.value(variable)
    change(value)
    transaction.commit(backoff=Backoff(time.monotonic() + 5))
    return value


def test_a_value_starts_anew_when_its_time_is_up(environment: Start, clock: Clock) -> None:
    """Its time runs from its last change, and reading does not prolong it."""
    variable = StateVariable("cart", [], time_to_live=60)
    call(environment(), variable, lambda cart: cart.append("milk"))
    clock.now += 50
    call(environment(), variable, lambda cart: cart.append("bread"))
    clock.now += 50
    assert call(environment(), variable) == ["milk", "bread"]
    clock.now += 10
    assert call(environment(), variable) == []


def test_the_callback_gets_the_dropped_value_once(environment: Start, clock: Clock) -> None:
    """Whoever meets the outlived value tells its owner."""
    dropped: list[Any] = []
    variable = StateVariable("cart", [], time_to_live=60, delete_callback=dropped.append)
    call(environment(), variable, lambda cart: cart.append("milk"))
    clock.now += 60
    for _ in range(2):
        assert call(environment(), variable) == []
    assert dropped == [["milk"]]


def test_a_reset_session_starts_anew_and_tells_its_states(warm_store: WarmStore) -> None:
    """Every State's callback gets the value it had."""
    dropped: list[Any] = []
    variable = StateVariable("cart", [], delete_callback=dropped.append)
    call(warm_store, variable, lambda cart: cart.append("milk"))
    assert reset_session(warm_store, ANN, [variable])
    assert dropped == [["milk"]]
    assert call(warm_store, variable) == []
    assert not reset_session(warm_store, SessionId("hash", "nobody"), [variable])


def test_a_failing_callback_is_logged_and_hurts_nobody(warm_store: WarmStore, caplog: pytest.LogCaptureFixture) -> None:
    """The value is gone all the same."""

    def fail(_: Any) -> None:
        raise ValueError("callback")

    variable = StateVariable("cart", [], delete_callback=fail)
    call(warm_store, variable, lambda cart: cart.append("milk"))
    assert reset_session(warm_store, ANN, [variable])
    assert "delete_callback of State 'cart' failed" in caplog.text
