"""What a call's name is good for: whatever it is sent for again, its changes are made once."""

from __future__ import annotations

from adapter.errors import AlreadyApplied
from adapter.state.stores.base import Record, new_nonce
from adapter.state.stores.recent import call_of, has_call, named_nonce


class CallId:
    """The name of one call; a call without a name is applied as often as it is sent.

    Args:
        name: the caller's; ``None`` for none.

    Attributes:
        was_applied: whether `check` has found so; a function may catch the error, and still must not go on.
    """

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._updates: dict[str, int] = {}
        self._spread = self.nonce()
        self.was_applied = False

    @property
    def is_named(self) -> bool:
        """Whether the call may be sent again."""
        return self._name is not None

    def nonce(self, part: str = "") -> bytes:
        """Return the nonce of one try to write.

        Args:
            part: tells the writes apart that the call makes one by one; empty for its commit.
        """
        return new_nonce() if self._name is None else named_nonce(self._name + part)

    def place(self, count: int) -> int:
        """Return one of ``count`` places, from 0: one for all tries of the call, another for every other call."""
        return int.from_bytes(call_of(self._spread)) % count

    def next_part(self, key: str) -> str:
        """Return what tells the call's next change of the item under ``key`` from those before it."""
        number = self._updates[key] = self._updates.get(key, 0) + 1
        return f"\n{key}\n{number}"

    def has_written(self, record: Record, part: str = "") -> bool:
        """Whether another try of the call made ``record``, or others did on top of it."""
        return self._name is not None and has_call(record.recent, self.nonce(part))

    def check(self, record: Record) -> None:
        """Check that no try of the call has been applied to what is read.

        Raises:
            AlreadyApplied: one has.
        """
        self.was_applied = self.was_applied or self.has_written(record)
        if self.was_applied:
            raise AlreadyApplied
