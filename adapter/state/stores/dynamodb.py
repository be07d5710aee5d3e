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

from adapter.errors import AlreadyApplied, Conflict, StoreError, TooLarge
from adapter.state.stores.aws_errors import never_happened
from adapter.state.stores.base import Clock, Record, Write, live, new_nonce
from adapter.state.stores.dynamodb_calls import Refused, Table
from adapter.state.stores.dynamodb_items import (
    HAS_PAYLOAD,
    HEAD,
    IS_NUMBER,
    IS_RECORD,
    Attributes,
    addition,
    commit,
    has_added,
    is_unchanged,
    item_of,
    lease,
    release,
    repoint,
    touch,
)
from adapter.state.stores.items import NOTHING, Item, any_applied, check_keys, conflict, refused
from adapter.state.stores.overflow import RENEW_AFTER_SECONDS, ObjectGone, S3Overflow, checksum_in, checksum_of
from adapter.state.stores.pointers import Pointers
from adapter.telemetry.invocation import Figure, count

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

INLINE_BYTES = 380_000
"""Most bytes of payload that go into an item, which holds 400 KB with names and numbers.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""

TRANSACTION_WRITES = 100
TRANSACTION_BYTES = 3_900_000
"""Most bytes of payload in one transaction, which holds 4 MB with names and numbers.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""

TRIES = 5
"""How often one step is tried against others who get in between."""


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
        self._overflow = overflow
        self._clock = clock
        self._inline_limit = min(inline_limit_bytes, INLINE_BYTES) if overflow else INLINE_BYTES
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
                return replace(item, payload=self._objects(key).get(item.pointer))
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
        self._check_sizes(writes)
        placed = self._place(writes)
        try:
            replaced = self._commit(writes, placed)
        except (StoreError, TooLarge) as error:
            # Without an answer the item may point to the new object: then it has to stay.
            if isinstance(error, Conflict | TooLarge) or never_happened(error.__cause__):
                self._discard(placed.values())
            raise
        self._discard(replaced)

    def _spills(self, write: Write) -> bool:
        return self._overflow is not None and len(write.payload) > self._inline_limit

    def _check_sizes(self, writes: Sequence[Write]) -> None:
        inline = [write for write in writes if not self._spills(write)]
        for write in inline:
            if len(write.payload) > INLINE_BYTES:
                raise TooLarge(
                    f"The state under {write.key!r} is {len(write.payload):,} bytes; without a bucket an item holds "
                    f"{INLINE_BYTES:,}. Set ADAPTER_STATE_BUCKET or store less."
                )
        total = sum(len(write.payload) for write in inline)
        if len(writes) > TRANSACTION_WRITES or (len(writes) > 1 and total > TRANSACTION_BYTES):
            raise TooLarge(
                f"One call changes {len(writes)} items of {total:,} bytes; a transaction holds {TRANSACTION_WRITES} "
                f"items and {TRANSACTION_BYTES:,} bytes. Change fewer GlobalStates in one call."
            )

    def _place(self, writes: Sequence[Write]) -> dict[str, str]:
        """Put what spills where the commit will point to, and return the objects' names by key."""
        placed: dict[str, str] = {}
        table = self._table.short_name
        try:
            for write in writes:
                if self._spills(write):
                    objects = self._objects(write.key)
                    expires = write.expires_at is not None
                    checksum = checksum_of(write.payload)
                    name = objects.name(
                        table, write.key, write.version, write.nonce, expires=expires, checksum=checksum
                    )
                    placed[write.key] = name
                    objects.put(name, write.payload)
                    count(Figure.SPILLS)
        except StoreError:
            self._discard(placed.values())
            raise
        return placed

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
                self._discard([pointer])

    def delete_unchanged(self, key: str, seen: Record) -> bool:
        """Remove an item that is as it was; see `StateStore.delete_unchanged`. One round trip."""
        try:
            pointer = self._table.delete(key, condition=is_unchanged(seen, now=self._clock())).pointer
        except Refused:
            return False
        self._pointers.put(key, None)
        if pointer is not None:
            self._discard([pointer])
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
            self._discard(dropped - {item.pointer})
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
        objects = self._objects(key)
        checksum = checksum_in(item.pointer)
        fresh = objects.name(self._table.short_name, key, item.version, new_nonce(), expires=True, checksum=checksum)
        objects.copy(item.pointer, fresh)
        try:
            self._table.update(repoint(key, item, fresh, expires_at=expires_at, now=now))
        except Refused as refusal:
            if refusal.items[key].pointer != fresh:
                self._discard([fresh])
                return None
        self._discard([item.pointer])
        self._pointers.put(key, fresh)
        return replace(item, pointer=fresh, put_at=int(now), expires_at=expires_at)

    def deleted(self, image: Mapping[str, Any]) -> tuple[str, bytes | None]:
        """Return what a stream's image held; see `StateStore.deleted`. Two round trips for a spilled payload."""
        key: str = image["pk"]["S"]
        item = item_of(image)
        if item.pointer is None:
            return key, item.payload
        try:
            payload = self._objects(key).get(item.pointer)
        except ObjectGone:
            return key, None  # the bucket's rule was quicker
        self._discard([item.pointer])
        return key, payload

    # -- numbers ---------------------------------------------------------------------------

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

    # -- objects ---------------------------------------------------------------------------

    def _objects(self, key: str) -> S3Overflow:
        if self._overflow is None:
            raise StoreError(
                f"The state under {key!r} lies in S3, and no bucket is set. "
                f"Set ADAPTER_STATE_BUCKET to the bucket that it was written with."
            )
        return self._overflow

    def sweep(self, before: float, *, remove: bool = True) -> Iterator[tuple[str, int]]:
        """Delete objects that no item points to; see `StateStore.sweep`. Lists the bucket, reads the whole table."""
        if self._overflow is None:
            return
        listing = self._overflow.listing(self._table.short_name)
        left = {name: size for name, size, put_at in listing if put_at < before}
        if left:  # in this order: what an item points to has been put before
            for page in self._table.scan("", having="attribute_exists(k)", only="k"):
                for item in page:
                    left.pop(item["k"]["S"], None)
        for name, size in left.items():
            if remove:
                self._overflow.delete(name)
            yield name, size

    def _discard(self, names: Iterable[str]) -> None:
        if self._overflow is not None:
            self._overflow.discard(names)

    def disconnect(self) -> None:
        """Close the clients' connections; see `StateStore.disconnect`. A client that was closed opens others."""
        self.close()

    def close(self) -> None:
        """Close the clients' connections."""
        self._table.close()
        if self._overflow is not None:
            self._overflow.close()


def _sum(found: Attributes) -> int:
    return int(found["n"]["N"])


def _unused(names: Iterable[str | None], used: Iterable[str | None]) -> list[str]:
    kept = set(used)
    return [name for name in names if name is not None and name not in kept]
