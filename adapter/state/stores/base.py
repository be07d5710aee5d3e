"""What a store of state is: bytes under keys, with versions and conditions; no policy.

Every implementation passes one contract suite, ``tests/state/stores/test_contract.py``.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from adapter.state.stores.recent import with_nonce

Clock = Callable[[], float]
"""Unix time in seconds; injected so that tests can shift or stop it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What stands under a key.

    Attributes:
        version: of the last write; grows for ever, 0 where nothing was written yet.
        nonce: 12 bytes of the write that made it; empty where nothing was written.
        payload: the bytes, or ``None`` where there is nothing to read (never written, or
            expired but not deleted yet).
        expires_at: Unix seconds, or ``None`` for never.
        leased_until: Unix milliseconds of a lease that stands, else ``None``.
        recent: the last writes, see `recent`; not part of what a record is equal by.
    """

    version: int
    nonce: bytes = b""
    payload: bytes | None = None
    expires_at: int | None = None
    leased_until: int | None = None
    recent: bytes = field(default=b"", compare=False)


ABSENT = Record(version=0)
"""The record of a key that holds nothing."""


@dataclass(frozen=True, slots=True)
class Write:
    """One conditional write.

    Attributes:
        key: the item's key.
        payload: the bytes to keep.
        version: the new version, from `next_version`.
        nonce: from `new_nonce` or `named_nonce`; tells our own write from a winner's after a lost reply.
        expected: the version that was read; ``None`` or 0 where nothing was (then nothing that
            can be read may stand there: the item is absent, or expired, or a bare lease).
        expires_at: Unix seconds, or ``None`` for never.
        holder: the lease that this write holds and gives back; ``None`` without a lease. A
            write without a holder loses while somebody's lease stands.
        recent: the writes that the record that was read remembers; the store adds this one.
    """

    key: str
    payload: bytes
    version: int
    nonce: bytes
    expected: int | None
    expires_at: int | None = None
    holder: bytes | None = None
    recent: bytes = field(default=b"", compare=False)

    def record(self, now: float) -> Record:
        """Return what stands under the key once this is applied, at Unix second ``now``."""
        recent = with_nonce(self.recent, self.nonce, now)
        return Record(self.version, self.nonce, self.payload, self.expires_at, recent=recent)


class StateStore(Protocol):
    """Bytes, versions and conditions over one place. Methods may be called from any thread."""

    def read(self, keys: Sequence[str]) -> dict[str, Record]:
        """Return what stands under ``keys``, strongly consistent; absent and expired are left out."""
        ...

    def write(self, writes: Sequence[Write]) -> None:
        """Apply all of ``writes`` or none.

        A write whose reply was lost and that is found to have been applied counts as applied.

        Raises:
            Conflict: a condition failed; carries what stands there now.
            TooLarge: a payload is over what the store can hold.
            StoreError: the store refused or did not answer.
        """
        ...

    def lock(self, key: str, holder: bytes, until: int, *, expires_at: int | None = None) -> Record:
        """Take or renew the lease on ``key`` for ``holder`` until Unix millisecond ``until``.

        Args:
            key: the item's key.
            holder: from `new_nonce`; names whoever takes the lease.
            until: Unix milliseconds.
            expires_at: Unix seconds; moves the expiry along, since taking a lease is a use, and
                lets a lease on nothing go away by itself. ``None`` leaves the expiry as it is.

        Returns:
            What stands there (this is also the read); ``payload`` is ``None`` for nothing or
            expired, and ``version`` is what a following write must expect.

        Raises:
            Conflict: somebody else's lease stands; the winner carries ``leased_until``.
        """
        ...

    def unlock(self, key: str, holder: bytes) -> None:
        """Give the lease back without writing; nothing happens if it is no longer ours."""
        ...

    def touch(self, key: str, version: int, expires_at: int) -> bool:
        """Move the expiry of ``key`` if it has one, is not expired and still has ``version``; return whether it did."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Remove the items and what they point to."""
        ...

    def delete_unchanged(self, key: str, seen: Record) -> bool:
        """Remove the item under ``key``, and what it points to, if it still is what was ``seen``.

        Args:
            key: the item's key.
            seen: what stood there. The item stays if it was written or touched since, or while it is leased.

        Returns:
            Whether it was removed.
        """
        ...

    def add(self, key: str, amount: int, nonce: bytes | None = None) -> int:
        """Add ``amount`` to the number under ``key`` (0 at first), atomically; return the sum.

        A key holds a record or a number, never both.

        Args:
            key: the number's.
            amount: may be negative.
            nonce: from `named_nonce`, where a call may be sent again; ``None`` where it is not.

        Raises:
            AlreadyApplied: another try of the call that ``nonce`` is of has added to it.
        """
        ...

    def sums(self, keys: Sequence[str]) -> dict[str, int]:
        """Return the numbers kept by `add` under ``keys``; absent ones are left out."""
        ...

    def scan(
        self, prefix: str, *, include_expired: bool = False, payloads: bool = True
    ) -> Iterator[tuple[str, Record]]:
        """Yield the records whose keys start with ``prefix``, page by page, in no set order.

        Args:
            prefix: of the keys; empty for all.
            include_expired: whether to yield also what cannot be read (expired, bare leases),
                without its payload.
            payloads: whether the records come with their payloads.
        """
        ...

    def numbers(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the numbers kept by `add` whose keys start with ``prefix``, page by page, in no set order."""
        ...

    def sweep(self, before: float, *, remove: bool = True) -> Iterator[tuple[str, int]]:
        """Delete what writes that broke off have left: payloads outside of the items, which no item points to.

        Args:
            before: Unix second; what was put later is left alone, since its write may still be on its way.
            remove: whether to delete them; else they are told of only.

        Yields:
            The name and the bytes of each; nothing from a store that keeps payloads in its items.
        """
        ...

    def deleted(self, image: Mapping[str, Any]) -> tuple[str, bytes | None]:
        """Return the key and the last payload of an item that the store itself deleted; its object goes too.

        Args:
            image: what the store tells of the item: attributes, as in DynamoDB's streams.

        Raises:
            NotImplementedError: the store tells of nothing.
        """
        ...

    def disconnect(self) -> None:
        """Close what is connected to another machine; the next use connects anew."""
        ...

    def close(self) -> None:
        """Let go of files and sockets."""
        ...


def next_version(loaded: int | None, *, clock: Clock = time.time) -> int:
    """Return the version of a write over ``loaded``.

    Versions never restart: a session that expired and was made anew must not meet a number
    that an old reader still holds, so they are at least the microseconds since the epoch.
    """
    return max((loaded or 0) + 1, int(clock() * 1_000_000))


def new_nonce() -> bytes:
    """Return 12 random bytes: 2^48 writes to one item meet with a chance below one in a billion."""
    return secrets.token_bytes(12)


def live(records: Mapping[str, Record], now: float) -> dict[str, Record]:
    """Return the records that can be read: with a payload and not expired at ``now`` (Unix seconds)."""
    return {
        key: record
        for key, record in records.items()
        if record.payload is not None and (record.expires_at is None or record.expires_at > now)
    }
