"""What stands under a key, and which writes it admits; pure, the same for every store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from adapter.errors import Conflict
from adapter.state.stores.base import Record, Write
from adapter.state.stores.recent import has_write, with_nonce


@dataclass(frozen=True, slots=True)
class Item:
    """All that a store keeps under one key; the default is an item that does not exist.

    Attributes:
        version: of the last write.
        nonces: of the last write, and in an item of an earlier version of the adapter of those before it.
        payload: the bytes, if they are kept here.
        expires_at: Unix seconds.
        holder: of the lease.
        leased_until: Unix milliseconds.
        pointer: the object that holds the payload, if it is kept elsewhere.
        put_at: Unix seconds at which that object was made.
        recent: the last writes, see `recent`.
    """

    version: int = 0
    nonces: tuple[bytes, ...] = ()
    payload: bytes | None = None
    expires_at: int | None = None
    holder: bytes | None = None
    leased_until: int | None = None
    pointer: str | None = None
    put_at: int | None = None
    recent: bytes = b""

    def expired(self, now: float) -> bool:
        """Whether its time is up at ``now``, Unix seconds."""
        return self.expires_at is not None and self.expires_at <= now

    def readable(self, now: float) -> bool:
        """Whether there is a payload that may be served."""
        return not self.expired(now) and (self.payload is not None or self.pointer is not None)

    def leased(self, now: float) -> bool:
        """Whether somebody's lease stands."""
        return self.holder is not None and self.leased_until is not None and self.leased_until > milliseconds(now)

    def leased_to_another(self, holder: bytes, now: float) -> bool:
        """Whether a lease stands that is not ``holder``'s."""
        return self.leased(now) and self.holder != holder

    def admits(self, write: Write, now: float) -> bool:
        """Whether the conditions of ``write`` hold."""
        if write.holder is None:
            if self.leased(now):
                return False
        elif self.holder != write.holder:
            return False
        if write.expected:
            return self.version == write.expected
        return not self.readable(now)

    def has_applied(self, write: Write) -> bool:
        """Whether this is what ``write`` left, or what others wrote over it since."""
        return write.nonce in self.nonces or has_write(self.recent, write.nonce)

    def locked(self, holder: bytes, until: int, expires_at: int | None, now: float) -> Item:
        """Return the item under ``holder``'s lease; what expired is dropped, but for its version."""
        if self.expired(now):
            return Item(
                self.version,
                self.nonces,
                expires_at=expires_at,
                holder=holder,
                leased_until=until,
                recent=self.recent,
            )
        expiry = self.expires_at if expires_at is None else expires_at
        return replace(self, holder=holder, leased_until=until, expires_at=expiry)

    def record(self, now: float) -> Record:
        """Return what a reader may see of it."""
        return Record(
            version=self.version,
            nonce=self.nonces[0] if self.nonces else b"",
            payload=self.payload if self.readable(now) else None,
            expires_at=self.expires_at,
            leased_until=self.leased_until if self.leased(now) else None,
            recent=self._recent(now),
        )

    def _recent(self, now: float) -> bytes:
        """Return the last writes, with those that an earlier version of the adapter wrote, as of ``now``."""
        recent = self.recent
        for nonce in reversed(self.nonces):
            if not has_write(recent, nonce):
                recent = with_nonce(recent, nonce, now)
        return recent


NOTHING = Item()
"""The item of a key that holds nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a store keeps of a number.

    Attributes:
        value: the sum.
        recent: the last additions of calls that may be sent again, see `recent`.
    """

    value: int = 0
    recent: bytes = b""


def written(write: Write, now: float) -> Item:
    """Return the item that ``write`` leaves at Unix second ``now`` where payloads are kept inline."""
    recent = write.record(now).recent
    return Item(write.version, (write.nonce,), write.payload, write.expires_at, recent=recent)


def refused(writes: Iterable[Write], items: Mapping[str, Item], now: float) -> dict[str, Item]:
    """Return the items that do not admit their write, by key."""
    found = ((write, items.get(write.key, NOTHING)) for write in writes)
    return {write.key: item for write, item in found if not item.admits(write, now)}


def any_applied(writes: Iterable[Write], items: Mapping[str, Item]) -> bool:
    """Whether ``writes`` were applied before: one of them tells, since they are all or nothing."""
    return any(items.get(write.key, NOTHING).has_applied(write) for write in writes)


def conflict(items: Mapping[str, Item], now: float) -> Conflict:
    """Return the error that carries ``items`` as the winners."""
    return Conflict({key: item.record(now) for key, item in items.items()})


def check_keys(writes: Sequence[Write]) -> None:
    """Refuse two writes to one key: neither's condition would be true for both.

    Raises:
        ValueError: a key stands twice.
    """
    keys = [write.key for write in writes]
    if len(set(keys)) < len(keys):
        raise ValueError(f"one call writes a key twice: {sorted(keys)}; put both changes into one write.")


def milliseconds(now: float) -> int:
    """Return Unix seconds as the whole Unix milliseconds that leases are kept in."""
    return int(now * 1_000)
