"""Which payloads go into the table and which beside it, and what their objects are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from adapter.errors import StoreError, TooLarge
from adapter.state.stores.base import Write, new_nonce
from adapter.state.stores.items import Item
from adapter.state.stores.overflow import S3Overflow, checksum_in, checksum_of
from adapter.telemetry.invocation import Figure, count

INLINE_BYTES = 380_000
"""Most bytes of payload that go into an item, which holds 400 KB with names and numbers.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""

TRANSACTION_WRITES = 100
TRANSACTION_BYTES = 3_900_000
"""Most bytes of payload in one transaction, which holds 4 MB with names and numbers.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""


class Spill:
    """The payloads that do not fit into the items of a table.

    Args:
        overflow: takes them; ``None`` keeps all in the table.
        table: the table's short name.
        inline_limit_bytes: the largest payload that stays in the table when there is an overflow.
    """

    def __init__(self, overflow: S3Overflow | None, table: str, *, inline_limit_bytes: int) -> None:
        self._overflow = overflow
        self._table = table
        self._inline_limit = min(inline_limit_bytes, INLINE_BYTES) if overflow else INLINE_BYTES

    def _takes(self, write: Write) -> bool:
        return self._overflow is not None and len(write.payload) > self._inline_limit

    def check_sizes(self, writes: Sequence[Write]) -> None:
        """Refuse what no transaction, or no item, can hold.

        Raises:
            TooLarge: a payload is over what an item holds, or all of them are over what a transaction does.
        """
        inline = [write for write in writes if not self._takes(write)]
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

    def place(self, writes: Sequence[Write]) -> dict[str, str]:
        """Put what spills where the commit will point to, and return the objects' names by key."""
        placed: dict[str, str] = {}
        try:
            for write in writes:
                if self._takes(write):
                    objects = self.objects(write.key)
                    expires = write.expires_at is not None
                    checksum = checksum_of(write.payload)
                    name = objects.name(
                        self._table, write.key, write.version, write.nonce, expires=expires, checksum=checksum
                    )
                    placed[write.key] = name
                    objects.put(name, write.payload)
                    count(Figure.SPILLS)
        except StoreError:
            self.discard(placed.values())
            raise
        return placed

    def objects(self, key: str) -> S3Overflow:
        """Return where the payload of the item under ``key`` lies.

        Raises:
            StoreError: no bucket is set.
        """
        if self._overflow is None:
            raise StoreError(
                f"The state under {key!r} lies in S3, and no bucket is set. "
                f"Set ADAPTER_STATE_BUCKET to the bucket that it was written with."
            )
        return self._overflow

    def copy(self, key: str, item: Item, pointer: str) -> str:
        """Copy the object at ``pointer`` of the item under ``key``, and return the copy's name."""
        objects = self.objects(key)
        checksum = checksum_in(pointer)
        fresh = objects.name(self._table, key, item.version, new_nonce(), expires=True, checksum=checksum)
        objects.copy(pointer, fresh)
        return fresh

    def listing(self) -> Iterator[tuple[str, int, float]]:
        """Yield the name, the bytes and the time (Unix seconds) of each object that was put for the table."""
        if self._overflow is not None:
            yield from self._overflow.listing(self._table)

    def delete(self, name: str) -> None:
        """Delete an object; nothing happens if it is not there."""
        if self._overflow is not None:
            self._overflow.delete(name)

    def discard(self, names: Iterable[str]) -> None:
        """Delete objects that nobody points to; what fails is logged."""
        if self._overflow is not None:
            self._overflow.discard(names)

    def close(self) -> None:
        """Close the connections to the overflow."""
        if self._overflow is not None:
            self._overflow.close()
