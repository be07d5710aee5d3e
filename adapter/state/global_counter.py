"""A number that everybody adds to, spread over several items when it is hot."""

from __future__ import annotations

import random

from adapter.errors import ConfigurationError
from adapter.state.open_apps import warm_store_of
from adapter.state.session import counter_key
from adapter.state.transaction import current

MOST_SHARDS = 100
"""One read takes 100 items. Source:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""


class GlobalCounter:
    """A whole number that all users and all environments add to; adding never conflicts.

    In a call the additions are made when the call has committed, so a call that fails or runs
    again counts once or not at all; the call itself sees them at once. Outside a call they are
    made at once.

    Args:
        name: under which it is kept.
        shards: items it is spread over. One item takes 1,000 writes a second; reading takes all
            of them, in one round trip.
    """

    def __init__(self, name: str, shards: int = 1) -> None:
        if not name or "#" in name:
            raise ConfigurationError(f"GlobalCounter name is {name!r}; give it a name without '#'.")
        if not 1 <= shards <= MOST_SHARDS:
            raise ConfigurationError(f"GlobalCounter {name!r} has {shards} shards; it takes 1 to {MOST_SHARDS}.")
        self.name = name
        self.shards = shards

    def add(self, amount: int = 1) -> None:
        """Add ``amount``, which may be negative."""
        transaction = current.get()
        if transaction is None:
            where = warm_store_of(self.name)
            where.store.add(self._key(where.app, random.randrange(self.shards)), amount)  # noqa: S311 - spreads load
        else:  # a call's own shard, which is the same when it is sent again
            where = transaction.warm_store
            where.globals_touched.add(self.name)
            transaction.count(self._key(where.app, transaction.call_id.place(self.shards)), amount)

    @property
    def value(self) -> int:
        """The sum, strongly consistent, with what the running call has added."""
        transaction = current.get()
        where = warm_store_of(self.name) if transaction is None else transaction.warm_store
        keys = [self._key(where.app, shard) for shard in range(self.shards)]
        ours = sum(transaction.counted(key) for key in keys) if transaction is not None else 0
        return sum(where.store.sums(keys).values()) + ours

    def _key(self, app: str, shard: int) -> str:
        return counter_key(app, self.name, shard)

    def __iadd__(self, amount: int) -> GlobalCounter:
        self.add(amount)
        return self

    def __isub__(self, amount: int) -> GlobalCounter:
        self.add(-amount)
        return self

    def __int__(self) -> int:
        return self.value

    def __index__(self) -> int:
        return self.value

    def __str__(self) -> str:
        return str(self.value)

    def __repr__(self) -> str:
        return f"GlobalCounter(name={self.name!r}, shards={self.shards})"
