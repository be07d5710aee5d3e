"""What the stores on this machine share: every operation is a step inside one exclusive transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol

from adapter.errors import AlreadyApplied
from adapter.state.stores.base import Clock, Record, Write, live
from adapter.state.stores.items import NOTHING, Item, Number, any_applied, check_keys, conflict, refused, written
from adapter.state.stores.recent import has_call, with_nonce

SWEEP_EVERY_SECONDS = 300
SWEEP_AFTER_SECONDS = 3_600
"""How long what expired is left, as in a table whose own deletion lags."""


class Shelf(Protocol):
    """Items and numbers by key, within a transaction."""

    def get(self, key: str) -> Item | None:
        """Return the item under ``key``."""
        ...

    def put(self, key: str, item: Item) -> None:
        """Keep ``item`` under ``key``."""
        ...

    def remove(self, key: str) -> None:
        """Forget the item and the number under ``key``."""
        ...

    def number(self, key: str) -> Number | None:
        """Return the number under ``key``."""
        ...

    def put_number(self, key: str, number: Number) -> None:
        """Keep ``number`` under ``key``."""
        ...

    def sweep(self, before: float) -> None:
        """Forget the items that expired before Unix second ``before`` and are not leased."""
        ...

    def page(self, prefix: str, after: str) -> list[tuple[str, Item]]:
        """Return the next items whose keys start with ``prefix`` and come after ``after``, in order."""
        ...

    def page_of_numbers(self, prefix: str, after: str) -> list[tuple[str, int]]:
        """Return the next numbers in the same way."""
        ...


class LocalStore(ABC):
    """A store that can shut everybody else out while it looks and writes.

    Args:
        clock: Unix time in seconds.
    """

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._swept_at = float("-inf")

    @abstractmethod
    def _open(self, action: str, *, writing: bool) -> AbstractContextManager[Shelf]:
        """Begin a transaction; an error inside undoes all of it.

        Args:
            action: what is being done, for error messages.
            writing: whether others must be kept from writing meanwhile.
        """

    def disconnect(self) -> None:  # noqa: B027 - nothing is right for all of them
        """Do nothing: there is no other machine."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files."""

    def read(self, keys: Sequence[str]) -> dict[str, Record]:
        """Return what stands under ``keys``; see `StateStore.read`."""
        with self._open("read", writing=False) as shelf:
            now = self._clock()
            items = {key: shelf.get(key) for key in keys}
        return live({key: item.record(now) for key, item in items.items() if item is not None}, now)

    def write(self, writes: Sequence[Write]) -> None:
        """Apply all of ``writes`` or none; see `StateStore.write`."""
        check_keys(writes)
        with self._open("write", writing=True) as shelf:
            now = self._clock()  # after the wait for other writers: their leases may have ended meanwhile
            items = {write.key: shelf.get(write.key) or NOTHING for write in writes}
            if any_applied(writes, items):
                return
            if losers := refused(writes, items, now):
                raise conflict(losers, now)
            for write in writes:
                shelf.put(write.key, written(write, now))
            if now - self._swept_at >= SWEEP_EVERY_SECONDS:
                shelf.sweep(now - SWEEP_AFTER_SECONDS)
                self._swept_at = now

    def lock(self, key: str, holder: bytes, until: int, *, expires_at: int | None = None) -> Record:
        """Take or renew a lease; see `StateStore.lock`."""
        with self._open("lock", writing=True) as shelf:
            now = self._clock()
            item = shelf.get(key) or NOTHING
            if item.leased_to_another(holder, now):
                raise conflict({key: item}, now)
            item = item.locked(holder, until, expires_at, now)
            shelf.put(key, item)
            return item.record(now)

    def unlock(self, key: str, holder: bytes) -> None:
        """Give a lease back; see `StateStore.unlock`."""
        with self._open("unlock", writing=True) as shelf:
            item = shelf.get(key)
            if item is not None and item.holder == holder:
                shelf.put(key, replace(item, holder=None, leased_until=None))

    def touch(self, key: str, version: int, expires_at: int) -> bool:
        """Move an expiry; see `StateStore.touch`."""
        with self._open("touch", writing=True) as shelf:
            item = shelf.get(key) or NOTHING
            ours = item.version == version and item.expires_at is not None and not item.expired(self._clock())
            if ours:
                shelf.put(key, replace(item, expires_at=expires_at))
            return ours

    def delete(self, keys: Iterable[str]) -> None:
        """Remove items; see `StateStore.delete`."""
        gone = list(keys)  # which may come from a scan of this store
        with self._open("delete", writing=True) as shelf:
            for key in gone:
                shelf.remove(key)

    def delete_unchanged(self, key: str, seen: Record) -> bool:
        """Remove an item that is as it was; see `StateStore.delete_unchanged`."""
        with self._open("delete", writing=True) as shelf:
            item = shelf.get(key)
            if item is None or item.leased(self._clock()):
                return False
            if (item.version, item.expires_at) != (seen.version, seen.expires_at):
                return False
            shelf.remove(key)
            return True

    def deleted(self, image: Mapping[str, Any]) -> tuple[str, bytes | None]:
        """Refuse: nothing tells of what is swept; see `StateStore.deleted`."""
        raise NotImplementedError("only a DynamoDB table has a stream")

    def add(self, key: str, amount: int, nonce: bytes | None = None) -> int:
        """Add to a number; see `StateStore.add`."""
        with self._open("add", writing=True) as shelf:
            standing = shelf.number(key) or Number()
            recent = standing.recent
            if nonce is not None:
                if has_call(recent, nonce):
                    raise AlreadyApplied
                recent = with_nonce(recent, nonce, self._clock())
            total = standing.value + amount
            shelf.put_number(key, Number(total, recent))
            return total

    def sums(self, keys: Sequence[str]) -> dict[str, int]:
        """Return numbers; see `StateStore.sums`."""
        with self._open("sums", writing=False) as shelf:
            numbers = {key: shelf.number(key) for key in keys}
        return {key: number.value for key, number in numbers.items() if number is not None}

    def scan(
        self, prefix: str, *, include_expired: bool = False, payloads: bool = True
    ) -> Iterator[tuple[str, Record]]:
        """Yield records by prefix; see `StateStore.scan`."""
        after = ""
        while True:
            with self._open("scan", writing=False) as shelf:
                now = self._clock()
                page = shelf.page(prefix, after)
            if not page:
                return
            for key, item in page:
                if include_expired or item.readable(now):
                    record = item.record(now)
                    yield key, record if payloads else replace(record, payload=None)
            after = page[-1][0]

    def numbers(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield numbers by prefix; see `StateStore.numbers`."""
        after = ""
        while True:
            with self._open("scan", writing=False) as shelf:
                page = shelf.page_of_numbers(prefix, after)
            if not page:
                return
            yield from page
            after = page[-1][0]

    def sweep(self, before: float, *, remove: bool = True) -> Iterator[tuple[str, int]]:
        """Yield nothing: all payloads are in their items."""
        return iter(())
