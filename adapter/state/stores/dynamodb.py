"""State in a DynamoDB table, with large payloads in S3.

One commit is one conditional UpdateItem, or one TransactWriteItems for several items. A
condition that fails hands back the item it failed on, so a conflict needs no read:

    our nonce is in it           an earlier try was applied and its reply was lost: done
    all fits but the pointer     its payload lies in an object we did not know of: again, naming it
    else                         a conflict
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from adapter.errors import Conflict, StoreError, TooLarge
from adapter.state.stores.aws_errors import never_happened
from adapter.state.stores.base import Clock, Record, Write, live
from adapter.state.stores.dynamodb_calls import Refused, Table
from adapter.state.stores.dynamodb_items import (
    HAS_PAYLOAD,
    HEAD,
    IS_RECORD,
    TRIES,
    commit,
    is_unchanged,
    item_of,
    lease,
    release,
    repoint,
    touch,
)
from adapter.state.stores.dynamodb_numbers import Numbers
from adapter.state.stores.items import NOTHING, Item, any_applied, check_keys, conflict, refused
from adapter.state.stores.overflow import RENEW_AFTER_SECONDS, ObjectGone, S3Overflow
from adapter.state.stores.pointers import Pointers
from adapter.state.stores.spill import Spill

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDBStore:
    """Keeps state in ``table``; any number of stores, anywhere, may share it.

    Args:
        client: botocore's or boto3's low-level client, with retries of its own.
        table: its name; its partition key is ``pk`` (a string), its TTL attribute ``x``.
        overflow: takes the payloads over ``inline_limit_bytes``; ``None`` keeps all in the table.
        clock: Unix time in seconds.
        inline_limit_bytes: the largest payload that stays in the table when there is an overflow.
    """

    def __init__(
        self,
        client: DynamoDBClient,
        table: str,
        *,
        overflow: S3Overflow | None = None,
        clock: Clock = time.time,
        inline_limit_bytes: int = 65_536,
    ) -> None:
        self._table = Table(client, table)
        self._spill = Spill(overflow, self._table.short_name, inline_limit_bytes=inline_limit_bytes)
        self._numbers = Numbers(self._table, clock)
        self._clock = clock
        self._pointers = Pointers()

    # -- reading ---------------------------------------------------------------------------

    def read(self, keys: Sequence[str]) -> dict[str, Record]:
        """Return what stands under ``keys``; see `StateStore.read`. One round trip, and one per spilled payload."""
        if not keys:
            return {}
        found = self._table.get(list(dict.fromkeys(keys)))
        now = self._clock()
        return live({key: self._filled(key, item_of(item), now).record(now) for key, item in found.items()}, now)

    def scan(
        self, prefix: str, *, include_expired: bool = False, payloads: bool = True
    ) -> Iterator[tuple[str, Record]]:
        """Yield records by prefix; see `StateStore.scan`. Reads the whole table, whatever the prefix."""
        having = IS_RECORD if include_expired else HAS_PAYLOAD
        for page in self._table.scan(prefix, having=having, only=None if payloads else HEAD):
            now = self._clock()
            for attributes in page:
                key = attributes["pk"]["S"]
                item = item_of(attributes)
                if payloads:
                    item = self._filled(key, item, now)
                if include_expired or (item.readable(now) if payloads else not item.expired(now)):
                    yield key, item.record(now)

    def _filled(self, key: str, item: Item, now: float) -> Item:
        """Return ``item`` with its payload, or a newer one if somebody replaced it meanwhile."""
        for _ in range(TRIES):
            self._pointers.put(key, item.pointer)
            if item.pointer is None or not item.readable(now):
                return item
            try:
                return replace(item, payload=self._spill.objects(key).get(item.pointer))
            except ObjectGone:
                standing = self._table.get([key]).get(key, {})
                newer = item_of(standing)
                if newer.pointer == item.pointer:
                    raise
                item = newer
        raise StoreError(f"{key!r} was replaced {TRIES} times while it was read. Try again.")

    # -- writing ---------------------------------------------------------------------------

    def write(self, writes: Sequence[Write]) -> None:
        """Apply all of ``writes`` or none; see `StateStore.write`. One round trip, and one per spilled payload."""
        if not writes:
            return
        check_keys(writes)
        self._spill.check_sizes(writes)
        placed = self._spill.place(writes)
        try:
            replaced = self._commit(writes, placed)
        except (StoreError, TooLarge) as error:
            # Without an answer the item may point to the new object: then it has to stay.
            if isinstance(error, Conflict | TooLarge) or never_happened(error.__cause__):
                self._spill.discard(placed.values())
            raise
        self._spill.discard(replaced)

    def _commit(self, writes: Sequence[Write], placed: Mapping[str, str]) -> list[str]:
        """Make the items stand as ``writes`` say and return the objects that nobody needs any more."""
        standing: dict[str, Item] = {}
        for _ in range(TRIES):
            now = self._clock()
            known = {write.key: self._pointers.get(write.key) for write in writes}
            updates = [
                commit(write, pointer=placed.get(write.key), replaces=known[write.key], now=now) for write in writes
            ]
            try:
                self._table.apply(updates)
            except Refused as refusal:
                standing = refusal.items
                for key, item in standing.items():
                    self._pointers.put(key, item.pointer)
                if any_applied(writes, standing):
                    return _unused([*known.values(), *placed.values()], (item.pointer for item in standing.values()))
                if losers := refused([write for write in writes if write.key in standing], standing, now):
                    raise self._conflict(losers, now) from refusal
                continue
            for write in writes:
                self._pointers.put(write.key, placed.get(write.key))
            return _unused(known.values(), placed.values())
        raise self._conflict(standing, self._clock())

    def _conflict(self, losers: Mapping[str, Item], now: float) -> Conflict:
        return conflict({key: self._filled(key, item, now) for key, item in losers.items()}, now)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove items and their objects; see `StateStore.delete`. One round trip per key."""
        for key in keys:
            pointer = self._table.delete(key).pointer
            self._pointers.put(key, None)
            if pointer is not None:
                self._spill.discard([pointer])

    def delete_unchanged(self, key: str, seen: Record) -> bool:
        """Remove an item that is as it was; see `StateStore.delete_unchanged`. One round trip."""
        try:
            pointer = self._table.delete(key, condition=is_unchanged(seen, now=self._clock())).pointer
        except Refused:
            return False
        self._pointers.put(key, None)
        if pointer is not None:
            self._spill.discard([pointer])
        return True

    # -- leases and expiry -------------------------------------------------------------------

    def lock(self, key: str, holder: bytes, until: int, *, expires_at: int | None = None) -> Record:
        """Take or renew a lease; see `StateStore.lock`. One round trip, two on what expired."""
        item, expired = NOTHING, False
        dropped: set[str] = set()
        for _ in range(TRIES):
            now = self._clock()
            update = lease(key, holder, until, expires_at=expires_at, now=now, expired=expired)
            try:
                item = item_of(self._table.update(update, returns="ALL_NEW"))
            except Refused as refusal:
                item = refusal.items[key]
                if item.leased_to_another(holder, now):
                    raise conflict({key: item}, now) from refusal
                expired = item.expired(now)
                if expired and item.pointer is not None:
                    dropped.add(item.pointer)
                continue
            self._spill.discard(dropped - {item.pointer})
            if expires_at is not None:
                item = self._renewed(key, item, expires_at, now) or item
            return self._filled(key, item, now).record(now)
        raise conflict({key: item}, self._clock())

    def unlock(self, key: str, holder: bytes) -> None:
        """Give a lease back; see `StateStore.unlock`."""
        try:
            self._table.update(release(key, holder))
        except Refused:
            return  # it ran out, and may be somebody else's now

    def touch(self, key: str, version: int, expires_at: int) -> bool:
        """Move an expiry; see `StateStore.touch`. A spilled payload over a day old is copied, 4 round trips in all."""
        now = self._clock()
        try:
            self._table.update(touch(key, version, expires_at, now=now, put_after=int(now) - RENEW_AFTER_SECONDS))
        except Refused as refusal:
            item = refusal.items[key]
            spilled = item.pointer is not None and item.expires_at is not None
            if item.version != version or not spilled or not item.readable(now):
                return False
            return self._renewed(key, item, expires_at, now) is not None
        return True

    def _renewed(self, key: str, item: Item, expires_at: int, now: float) -> Item | None:
        """Move the expiry of an item and of its object, if it has an old one.

        Returns:
            The item as it stands then; ``None`` if somebody wrote it meanwhile.
        """
        if item.pointer is None or item.put_at is None or item.put_at > int(now) - RENEW_AFTER_SECONDS:
            return item
        fresh = self._spill.copy(key, item, item.pointer)
        try:
            self._table.update(repoint(key, item, fresh, expires_at=expires_at, now=now))
        except Refused as refusal:
            if refusal.items[key].pointer != fresh:
                self._spill.discard([fresh])
                return None
        self._spill.discard([item.pointer])
        self._pointers.put(key, fresh)
        return replace(item, pointer=fresh, put_at=int(now), expires_at=expires_at)

    def deleted(self, image: Mapping[str, Any]) -> tuple[str, bytes | None]:
        """Return what a stream's image held; see `StateStore.deleted`. Two round trips for a spilled payload."""
        key: str = image["pk"]["S"]
        item = item_of(image)
        if item.pointer is None:
            return key, item.payload
        try:
            payload = self._spill.objects(key).get(item.pointer)
        except ObjectGone:
            return key, None  # the bucket's rule was quicker
        self._spill.discard([item.pointer])
        return key, payload

    def sweep(self, before: float, *, remove: bool = True) -> Iterator[tuple[str, int]]:
        """Delete objects that no item points to; see `StateStore.sweep`. Lists the bucket, reads the whole table."""
        left = {name: size for name, size, put_at in self._spill.listing() if put_at < before}
        if left:  # in this order: what an item points to has been put before
            for page in self._table.scan("", having="attribute_exists(k)", only="k"):
                for item in page:
                    left.pop(item["k"]["S"], None)
        for name, size in left.items():
            if remove:
                self._spill.delete(name)
            yield name, size

    # -- numbers ---------------------------------------------------------------------------

    def add(self, key: str, amount: int, nonce: bytes | None = None) -> int:
        """Add to a number; see `StateStore.add`. One round trip, and two more for every 128th call of ten minutes."""
        return self._numbers.add(key, amount, nonce)

    def sums(self, keys: Sequence[str]) -> dict[str, int]:
        """Return numbers; see `StateStore.sums`. One round trip."""
        return self._numbers.sums(keys)

    def numbers(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield numbers by prefix; see `StateStore.numbers`. Reads the whole table, whatever the prefix."""
        return self._numbers.numbers(prefix)

    # -- connections -----------------------------------------------------------------------

    def disconnect(self) -> None:
        """Close the clients' connections; see `StateStore.disconnect`. A client that was closed opens others."""
        self.close()

    def close(self) -> None:
        """Close the clients' connections."""
        self._table.close()
        self._spill.close()


def _unused(names: Iterable[str | None], used: Iterable[str | None]) -> list[str]:
    kept = set(used)
    return [name for name in names if name is not None and name not in kept]
