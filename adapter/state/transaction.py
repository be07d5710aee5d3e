"""One call is one transaction: load, hand out copies, compare, commit.

    read ──► function on decoded copies ──► encode, compare ──► commit
                                                │                  │
                                     nothing changed: no call      └─ lost ─► rebase, or Superseded

The transaction keeps what is true of the data; what to do when it is superseded (run again,
wait for the lease, give up) is the endpoint's choice.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from typing import Any

from adapter.errors import AlreadyApplied, CannotRead, CannotStore, Conflict, StateConflict
from adapter.state.backoff import Backoff
from adapter.state.call_id import CallId
from adapter.state.codec import encode, seal, seal_states, unseal_states
from adapter.state.session import SessionId, StateVariable, global_key, session_key
from adapter.state.stores.base import ABSENT, Record, Write, new_nonce, next_version
from adapter.state.warm_copies import Cell, GlobalVariable, encoded, global_bytes, global_cell, starts_anew, state_cell
from adapter.state.warm_store import WarmStore
from adapter.telemetry.invocation import Figure, count, timed

logger = logging.getLogger("adapter.state")


class Superseded(StateConflict):
    """Raise when somebody else changed what this call read.

    Args:
        records: the winners by key; a next transaction starts from them without a read.
    """

    def __init__(self, message: str, records: Mapping[str, Record]) -> None:
        super().__init__(message)
        self.records = dict(records)


class Transaction:
    """The state of one call.

    Args:
        warm_store: where the app's state is.
        session: whose States; ``None`` for a call without a session: its States start from
            their defaults and are not kept.
        variables: the States that the endpoint reads or writes.
        globals_likely: GlobalStates that the endpoint wrote before; read along with the session.
        echo: the session's version that the client saw last; lets the warm bytes be used.
        seeds: records that are known to be current, from a conflict.
        immediate: whether ``GlobalState.update`` commits at once and globals are read anew, because the call is never
            run again.
        key: names the call, see `CallId`.
    """

    def __init__(
        self,
        warm_store: WarmStore,
        *,
        session: SessionId | None = None,
        variables: Iterable[StateVariable] = (),
        globals_likely: Iterable[GlobalVariable] = (),
        echo: int | None = None,
        seeds: Mapping[str, Record] | None = None,
        immediate: bool = False,
        key: str | None = None,
    ) -> None:
        self.warm_store = warm_store
        self.session = session
        self._variables = {variable.name: variable for variable in variables}
        self._key = session_key(warm_store.app, session) if session and self._variables else None
        self._globals_likely = {global_key(warm_store.app, g.name): g for g in globals_likely}
        self._echo = echo
        self.immediate = immediate
        self.call_id = CallId(key)
        self._repeats = 0
        self._records: dict[str, Record] = dict(seeds or {})
        self._states: dict[str, bytes] = {}
        self._cells: dict[str, Cell] = {}
        self._globals: dict[str, tuple[GlobalVariable, Cell]] = {}
        self._counts: dict[str, int] = {}
        self._holder: bytes | None = None
        self._locked: set[str] = set()
        self._lease: tuple[int, Backoff] | None = None
        self.changed: frozenset[str] = frozenset()

    # -- reading ---------------------------------------------------------------------------

    def load(self) -> None:
        """Read what the endpoint declared, in at most one round trip.

        Raises:
            AlreadyApplied: another try of this call has been applied.
        """
        wanted = [key for key in self._globals_likely if key not in self._records]
        if self._key is not None and self._key not in self._records:
            known = self._known_session(self._key)
            if known is None:
                wanted.append(self._key)
            else:
                self._records[self._key] = known
        if wanted:
            found = self.warm_store.store.read(wanted)
            for key in wanted:
                self._records[key] = self._keep_warm(key, found.get(key, ABSENT))
        for record in self._records.values():
            self.call_id.check(record)
        self._open_session()

    def lock(self, keys: Iterable[str], *, until: int, backoff: Backoff) -> None:
        """Take the lease on ``keys`` until Unix millisecond ``until``; each lease call is also the read.

        Raises:
            StateConflict: somebody else held one of them until no time was left.
        """
        self._holder = self._holder or new_nonce()
        wanted = sorted(set(keys))
        while not self._locked.issuperset(wanted):
            for key in wanted:
                try:
                    self._records[key] = self.warm_store.store.lock(
                        key, self._holder, until, expires_at=self._expiry(key)
                    )
                except Conflict:
                    self.release()  # who waits holds nothing, or two could wait for each other
                    with timed(Figure.LEASE_WAIT):
                        backoff.wait("this session" if key == self._key else "the shared state")
                    break
                self._locked.add(key)

    def lease_until(self, until: int, backoff: Backoff) -> None:
        """Let `hold` take leases, until Unix millisecond ``until``: for a call that runs once."""
        self._lease = (until, backoff)

    def hold(self, variable: GlobalVariable) -> None:
        """Keep others from changing a global until the commit, in a call that runs once and takes leases.

        Raises:
            StateConflict: others had it until no time was left, or have changed it since this call has read it.
        """
        key = global_key(self.warm_store.app, variable.name)
        if self._lease is None or key in self._locked:
            return
        until, backoff = self._lease
        self._holder = self._holder or new_nonce()
        base = self._records.get(key)
        while True:
            try:
                record = self.warm_store.store.lock(key, self._holder, until)
                break
            except Conflict:
                with timed(Figure.LEASE_WAIT):
                    backoff.wait(f"the shared {variable.name!r}")
        self._locked.add(key)
        self._records[key] = record
        self.call_id.check(record)
        if key in self._globals and base is not None and base.version != record.version:
            raise StateConflict(
                f"The shared {variable.name!r} was changed by somebody else after this call had read it, and the call "
                f"runs only once, so nothing was changed; try again."
            )

    @property
    def session_keys(self) -> list[str]:
        """The key of the session's States, if the endpoint has any."""
        return [] if self._key is None else [self._key]

    def _known_session(self, key: str) -> Record | None:
        if self.session is not None and self.session.is_new:
            return ABSENT
        warm = self.warm_store.cache.get(key)
        if warm is None or self._echo is None:
            return None
        record = warm[0]
        expired = record.expires_at is not None and record.expires_at <= self.warm_store.clock()
        return None if expired or record.version < self._echo else record

    def _keep_warm(self, key: str, record: Record) -> Record:
        if record is ABSENT:
            self.warm_store.cache.drop(key)
        self.warm_store.cache.put(key, record)
        return record

    def _open_session(self) -> None:
        if self._key is not None:
            payload = self._records[self._key].payload
            self._states = {} if payload is None else self._readable(payload)

    def _readable(self, payload: bytes) -> dict[str, bytes]:
        try:
            return unseal_states(payload)
        except CannotRead as error:
            logger.warning(
                "a session's state cannot be read by this version of the app; its defaults are used: %s", error
            )
            return {}

    # -- what the function works on -----------------------------------------------------------

    def value(self, variable: StateVariable) -> Any:
        """Return this call's private copy of a State."""
        return self._cell(variable).value

    def join(self, variable: StateVariable) -> None:
        """Take in a State that turns out to be used while the call runs; reads the session if nothing has yet."""
        self._variables[variable.name] = variable
        if self._key is None and self.session is not None:
            self._key = session_key(self.warm_store.app, self.session)
            self.load()

    @property
    def has_session(self) -> bool:
        """Whether the session's States are at hand without a read."""
        return self._key is not None

    def put(self, variable: StateVariable, value: Any) -> None:
        """Set a State for the commit."""
        self._cell(variable).value = value

    async def await_defaults(self) -> None:
        """Await the ``async`` defaults of the States that begin with this call."""
        now = self.warm_store.clock()
        for variable in self._variables.values():
            is_async = inspect.iscoroutinefunction(variable.default) and variable.name not in self._cells
            if is_async and starts_anew(variable, self._states, now=now):
                value = await variable.default()
                self._cell(replace(variable, default=partial(_given, value)))

    def _cell(self, variable: StateVariable) -> Cell:
        cell = self._cells.get(variable.name)
        if cell is None:
            cell = self._cells[variable.name] = state_cell(
                variable, self._states, now=self.warm_store.clock(), files=self.warm_store.files
            )
        return cell

    def global_cell(self, variable: GlobalVariable) -> Cell:
        """Return this call's private copy of a GlobalState, read on the first touch."""
        key = global_key(self.warm_store.app, variable.name)
        held = self._globals.get(key)
        if held is None:
            self.warm_store.globals_touched.add(variable.name)
            record = self._records.get(key)
            if record is None:
                record = self._records[key] = self._global_record(key, variable)
                self.call_id.check(record)
            held = self._globals[key] = (variable, global_cell(record, variable, self.warm_store.files))
        return held[1]

    def refresh_global(self, variable: GlobalVariable, record: Record, *, repeats: bool) -> None:
        """Replace the private copy by ``record``, which was just committed outside this transaction.

        Args:
            variable: which.
            record: what stands now.
            repeats: whether another try of this call had made the change, so that it was not made again.
        """
        self._repeats += repeats
        self._updated = self._updated or not repeats
        key = global_key(self.warm_store.app, variable.name)
        self._records[key] = record
        self._globals[key] = (variable, global_cell(record, variable, self.warm_store.files))

    def global_is_dirty(self, variable: GlobalVariable) -> bool:
        """Whether this call changed its copy of a GlobalState in place."""
        held = self._globals.get(global_key(self.warm_store.app, variable.name))
        return held is not None and encode(held[1].value, name=variable.name) != held[1].before

    def globals_written(self) -> list[GlobalVariable]:
        """Return the GlobalStates whose copies differ from what was read; call after `commit`."""
        return [variable for key, (variable, _) in self._globals.items() if key in self._written]

    @property
    def written_global_keys(self) -> list[str]:
        """The keys of the GlobalStates that the last commit tried to write."""
        return sorted(self._written)

    def _global_record(self, key: str, variable: GlobalVariable) -> Record:
        warm = self.warm_store.cache.get(key)
        if warm is not None and warm[1] < variable.max_age_seconds and not self.immediate:
            return warm[0]  # what runs once starts from what stands now: it could not be run again on it
        return self._keep_warm(key, self.warm_store.store.read([key]).get(key, ABSENT))

    def count(self, key: str, amount: int) -> None:
        """Add to a counter when the call has committed: a call that fails, or runs again, counts once or not."""
        self._counts[key] = self._counts.get(key, 0) + amount

    def counted(self, key: str) -> int:
        """Return what this call will add to a counter."""
        return self._counts.get(key, 0)

    # -- committing ---------------------------------------------------------------------------

    _written: frozenset[str] = frozenset()
    _updated = False

    def commit(self, *, backoff: Backoff, overwrite: bool = False) -> None:
        """Make the changes durable, all or nothing; a call that changed nothing writes nothing.

        Somebody else's changes to other States of the session are kept: the commit is tried
        again on top of them.

        Args:
            backoff: how long it may wait for a lease of somebody else's.
            overwrite: whether to put our values over what somebody else committed since the read.

        Raises:
            Superseded: somebody else changed what this call used.
            CannotStore: a value has no stored form; names the State.
            StateConflict: somebody else's lease stood until no time was left.
            AlreadyApplied: another try of this call has been applied.
        """
        if self.call_id.was_applied:
            raise AlreadyApplied
        states = self._changed_states()
        shared = self._changed_globals()
        self.changed = frozenset(self._cells.keys() & states.keys())
        self._written = frozenset(shared)
        while (writes := self._writes(states, shared)) and not self._won(writes, backoff, overwrite):
            backoff.wait("the state")
        self.release()
        if not states:
            self._touch()
        self._add_counts()
        if self._repeats and not (writes or self._updated):
            raise AlreadyApplied
        for cell in self._cells.values():
            if cell.dropped is not None:
                cell.dropped()

    def _add_counts(self) -> None:
        for key, amount in self._counts.items():
            try:
                self.warm_store.store.add(key, amount, self.call_id.nonce() if self.call_id.is_named else None)
            except AlreadyApplied:
                self._repeats += 1
            else:
                self._updated = True

    def release(self) -> None:
        """Give back the leases that no write gave back."""
        if self._holder is not None:
            for key in sorted(self._locked):
                self.warm_store.store.unlock(key, self._holder)
            self._locked.clear()

    @property
    def version(self) -> int | None:
        """The session's version as this call left it; ``None`` without a session or before its first write."""
        record = self._records.get(self._key) if self._key is not None else None
        return record.version if record is not None and record.version else None

    def _changed_states(self) -> dict[str, bytes]:
        if self._key is None:
            return {}
        now = self.warm_store.clock()
        changes = [encoded(self._variables[name], cell, now=now) for name, cell in self._cells.items()]
        return {key: data for change in changes for key, data in change.items()}

    def _changed_globals(self) -> dict[str, bytes]:
        changed = {}
        for key, (variable, cell) in list(self._globals.items()):
            try:
                data = encode(cell.value, name=variable.name)
            except CannotStore as error:
                if not variable.keep_here(cell.value, error):
                    raise
                del self._globals[key]
            else:
                if data != cell.before:
                    changed[key] = data
        return changed

    def _writes(self, states: Mapping[str, bytes], shared: Mapping[str, bytes]) -> list[Write]:
        payloads = {key: seal(data) for key, data in shared.items()}
        if states and self._key is not None:
            payloads[self._key] = seal_states({**self._states, **states})
        return [self._write(key, payload) for key, payload in payloads.items()]

    def _write(self, key: str, payload: bytes) -> Write:
        base = self._records[key].version
        held = key in self._locked
        return Write(
            key=key,
            payload=payload,
            version=next_version(base, clock=self.warm_store.clock),
            nonce=self.call_id.nonce(),
            expected=base if base or held else None,
            expires_at=self._expiry(key),
            holder=self._holder if held else None,
            recent=self._records[key].recent,
        )

    def _expiry(self, key: str) -> int | None:
        """Return when an item written now expires: a session after its time without use, a global never."""
        return int(self.warm_store.clock()) + self.warm_store.session_ttl_seconds if key == self._key else None

    def _won(self, writes: list[Write], backoff: Backoff, overwrite: bool) -> bool:
        """Try the commit once; after a loss to changes elsewhere, move onto them and return ``False``."""
        expected = {write.key: write.expected or 0 for write in writes}
        while True:
            try:
                self.warm_store.store.write(writes)
            except Conflict as conflict:
                if all(winner.leased_until and winner.version == expected[k] for k, winner in conflict.winners.items()):
                    with timed(Figure.LEASE_WAIT):
                        backoff.wait("the state")  # nothing has changed yet: it is only locked
                    continue
                count(Figure.CONFLICTS)
                self._rebase(conflict, overwrite)
                return False
            self._settle(writes)
            return True

    def _rebase(self, conflict: Conflict, overwrite: bool) -> None:
        """Move onto the winners where they changed nothing of ours; else raise `Superseded`."""
        ours_changed = False
        for key, winner in conflict.winners.items():
            self.warm_store.cache.drop(key)
            if key in self._locked:
                self._locked.discard(key)  # the lease ran out and somebody took it
            self._records[key] = winner
            self.call_id.check(winner)
            if key == self._key:
                self._states = {} if winner.payload is None else self._readable(winner.payload)
                if any(self._states.get(name) != cell.stored for name, cell in self._cells.items()):
                    ours_changed = True
            elif global_bytes(winner) != self._globals[key][1].stored:
                ours_changed = True
        if ours_changed and not overwrite:
            raise Superseded("somebody else changed this state during the call", self._records)

    def _settle(self, writes: list[Write]) -> None:
        for write in writes:
            record = write.record(self.warm_store.clock())
            self._records[write.key] = record
            self.warm_store.cache.put(write.key, record)
            count(Figure.STATE_BYTES, len(write.payload))
            self._locked.discard(write.key)

    def _touch(self) -> None:
        """Move the session's expiry when less than half of its time is left."""
        record = self._records.get(self._key) if self._key is not None else None
        if self._key is None or record is None or record.payload is None or record.expires_at is None:
            return
        now = self.warm_store.clock()
        if record.expires_at - now >= self.warm_store.session_ttl_seconds / 2:
            return
        expires_at = int(now) + self.warm_store.session_ttl_seconds
        if self.warm_store.store.touch(self._key, record.version, expires_at):
            self.warm_store.cache.put(self._key, replace(record, expires_at=expires_at))


def _given(value: Any) -> Any:
    return value


current: ContextVar[Transaction | None] = ContextVar("adapter.transaction", default=None)
"""The transaction of the call that is running; ``None`` outside a call."""


@contextmanager
def running(transaction: Transaction) -> Iterator[None]:
    """Make ``transaction`` the current one while the function runs."""
    token = current.set(transaction)
    try:
        yield
    finally:
        current.reset(token)
