"""The numbers in a table, and the expressions that add to one once, however often its call is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapter.errors import AlreadyApplied, StoreError
from adapter.state.stores.base import Clock, new_nonce
from adapter.state.stores.dynamodb_calls import Refused, Table
from adapter.state.stores.dynamodb_items import CALLS, IS_NUMBER, NONCES, TRIES, Attributes, Update, number
from adapter.state.stores.recent import KEPT_SECONDS, call_of

MOST_CALLS = 128
"""Additions that one of the sets remembers; two of them hold at most 2.3 KB, so that an addition costs three units."""


class Numbers:
    """The numbers in one table.

    Args:
        table: in which they are.
        clock: Unix time in seconds.
    """

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def add(self, key: str, amount: int, nonce: bytes | None = None) -> int:
        """Add to a number; see `StateStore.add`. One round trip, and two more for every 128th call of ten minutes."""
        once = new_nonce() if nonce is None else nonce
        full = False
        for _ in range(TRIES):
            update = addition(key, amount, once, now=self._clock(), full=full)
            try:
                return _sum(self._table.update(update, returns="ALL_NEW"))
            except Refused as refusal:
                found = refusal.found[key]
                if not has_added(found, once):
                    full = not full
                elif nonce is None or refusal.may_be_ours:
                    return _sum(found)
                else:
                    raise AlreadyApplied from refusal
        raise StoreError(f"{key!r} was added to {TRIES} times while this addition was tried. Try again.")

    def sums(self, keys: Sequence[str]) -> dict[str, int]:
        """Return numbers; see `StateStore.sums`. One round trip."""
        if not keys:
            return {}
        found = self._table.get(list(dict.fromkeys(keys)), only="pk, n")
        return {key: int(item["n"]["N"]) for key, item in found.items() if "n" in item}

    def numbers(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield numbers by prefix; see `StateStore.numbers`. Reads the whole table, whatever the prefix."""
        for page in self._table.scan(prefix, having=IS_NUMBER, only="pk, n"):
            for item in page:
                yield item["pk"]["S"], int(item["n"]["N"])


def addition(key: str, amount: int, nonce: bytes, *, now: float, full: bool) -> Update:
    """Return the update that adds ``amount`` to a number once, however often its call is sent.

    Args:
        key: the number's.
        amount: to be added.
        nonce: of the call.
        now: Unix seconds; each ten minutes have a set of their own.
        full: whether that set holds as many calls as it may. Then it becomes that of the ten minutes before.
    """
    turn = int(now) // KEPT_SECONDS
    current, before, outdated = (CALLS[(turn - ago) % len(CALLS)] for ago in (0, 1, 2))
    update = Update(
        key,
        adds=["n :amount"],
        removes=[outdated, *NONCES],
        conditions=[f"(attribute_not_exists({name}) OR NOT contains({name}, :call))" for name in CALLS],
        values={":amount": number(amount), ":call": {"B": call_of(nonce)}, ":calls": {"BS": [call_of(nonce)]}},
    )
    update.values[":most"] = number(MOST_CALLS)
    if full:
        update.sets += [f"{before} = {current}", f"{current} = :calls"]
        update.conditions.append(f"size({current}) >= :most")
    else:
        update.adds.append(f"{current} :calls")
        update.conditions.append(f"(attribute_not_exists({current}) OR size({current}) < :most)")
    return update


def has_added(found: Attributes, nonce: bytes) -> bool:
    """Whether a number remembers an addition of the call that ``nonce`` is of."""
    return any(call_of(nonce) in (bytes(call) for call in found.get(name, {}).get("BS", [])) for name in CALLS)


def _sum(found: Attributes) -> int:
    return int(found["n"]["N"])
