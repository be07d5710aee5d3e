"""What whoever looks after a store asks of it: what is there, what is in it, and what may go.

Works over any store and without the app: keys tell kinds and names, and values are shown as far as
they can be without the classes of the app.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar

from adapter.errors import CannotRead, NotFound, StoreError
from adapter.state.codec import unseal, unseal_states
from adapter.state.codec.outline import Sketch, outline
from adapter.state.queue.mailbox import is_finished, statuses
from adapter.state.session import Address, Kind, address
from adapter.state.stores.base import Record, StateStore

Seen = Callable[[int], None]
"""Told how many items have been looked at, every `BATCH` or so."""

BATCH = 25
"""Items that are read at once."""

SHORT_ID = 8
SHOWN_CANDIDATES = 10

EXPIRED_SECONDS = 300
"""How long what expired is left: the clock of who cleans up may be ahead of the app's."""

STRAY_SECONDS = 3_600
"""Age from which an object that nobody points to is one whose write broke off; an invocation lasts 900 s at most."""

T = TypeVar("T")


class Ambiguous(NotFound):
    """Raise when what was asked for fits several items."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item, or all the shards of a counter.

    Attributes:
        address: what its key says.
        key: the key; of a counter its keys' common part.
        record: what stands there; ``None`` for a counter.
        names: of a session's States; of a queue, the calls it holds.
        total: of a counter.
        problem: why it cannot be read, if it cannot.
    """

    address: Address
    key: str
    record: Record | None = None
    names: tuple[str, ...] = ()
    total: int = 0
    problem: str | None = None

    @property
    def id(self) -> str:
        """What to ask for it by: the start of a session's hash, without a dash that would look like an option."""
        hashed = self.address.kind in (Kind.SESSION, Kind.QUEUE)
        return self.address.name.lstrip("-")[:SHORT_ID] if hashed else self.address.name

    def __str__(self) -> str:
        return f"{self.address.kind} {self.id}" + (f" of app {self.address.app}" if self.address.app else "")


# -- what is there -----------------------------------------------------------------------------


def entries(store: StateStore, *, app: str | None = None, seen: Seen | None = None) -> Iterator[Entry]:
    """Yield what can be read, records first, in the store's order; what is broken comes with its problem.

    Args:
        store: where to look.
        app: whose; ``None`` for all apps.
        seen: is told of the progress.
    """
    keys = (key for key, _ in store.scan("", payloads=False) if app in (None, address(key).app))
    for key, record, problem in readings(store, keys, seen=seen):
        yield entry_of(key, record, problem)
    yield from counters(store, app=app)


def readings(
    store: StateStore, keys: Iterable[str], *, seen: Seen | None = None
) -> Iterator[tuple[str, Record | None, str | None]]:
    """Yield each key with its record, or with why it cannot be read; what is gone meanwhile is left out.

    One record that is broken does not keep the others from being read.
    """
    count = 0
    for batch in batches(keys):
        try:
            found = store.read(batch)
            problems: dict[str, str] = {}
        except StoreError:
            found, problems = _one_by_one(store, batch)
        for key in batch:
            if key in found or key in problems:
                yield key, found.get(key), problems.get(key)
        count += len(batch)
        if seen is not None:
            seen(count)


def _one_by_one(store: StateStore, keys: list[str]) -> tuple[dict[str, Record], dict[str, str]]:
    found: dict[str, Record] = {}
    problems: dict[str, str] = {}
    for key in keys:
        try:
            found |= store.read([key])
        except StoreError as error:
            problems[key] = str(error)
    return found, problems


def counters(store: StateStore, *, app: str | None = None) -> Iterator[Entry]:
    """Yield each GlobalCounter with the sum of its shards."""
    totals: Counter[Address] = Counter()
    for key, number in store.numbers(""):
        if app in (None, address(key).app):
            totals[address(key)] += number
    for where, total in sorted(totals.items(), key=lambda item: (item[0].app, item[0].name)):
        yield Entry(where, f"C#{where.app}#{where.name}" if where.app else where.name, total=total)


def entry_of(key: str, record: Record | None, problem: str | None = None) -> Entry:
    """Return what stands under ``key``, with what its payload holds."""
    where = address(key)
    names: tuple[str, ...] = ()
    if record is not None and record.payload is not None:
        try:
            if where.kind is Kind.SESSION:
                names = tuple(name for name in unseal_states(record.payload) if "\x1f" not in name)
            elif where.kind is Kind.QUEUE:
                names = tuple(f"{count} {status}" for status, count in Counter(statuses(record)).items())
        except CannotRead as error:
            problem = str(error)
    return Entry(where, key, record, names, problem=problem)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield ``items`` in lists of ``size``."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


# -- one of them -------------------------------------------------------------------------------


def find(store: StateStore, wanted: str, *, app: str | None = None, kinds: Iterable[Kind] = Kind) -> list[Entry]:
    """Return what ``wanted`` names, without payloads: an item, a counter, or a session along with its queue.

    Args:
        store: where to look.
        wanted: a key, a session's hash, a name, or the start of one of them; the whole of one goes first.
        app: whose; ``None`` for all apps.
        kinds: among which to look.

    Raises:
        NotFound: it names nothing.
        Ambiguous: it names several.
    """
    allowed = set(kinds)
    found: dict[tuple[str, str], list[Entry]] = {}
    exact: dict[tuple[str, str], list[Entry]] = {}
    records = (Entry(address(key), key, record) for key, record in store.scan("", payloads=False))
    for entry in chain(records, counters(store) if Kind.COUNTER in allowed else ()):
        where = entry.address
        if where.kind not in allowed or app not in (None, where.app):
            continue
        if not any(text.startswith(wanted) for text in (entry.key, where.name, where.name.lstrip("-"))):
            continue
        group = exact if wanted in (entry.key, where.name) else found
        group.setdefault((where.app, where.name), []).append(entry)
    chosen = exact or found
    if not wanted or not chosen:
        raise NotFound(f"Nothing here is called {wanted!r}; `adapter state ls` shows what there is.")
    if len(chosen) > 1:
        candidates = [str(group[0]) for group in chosen.values()]
        more = f" and {len(candidates) - SHOWN_CANDIDATES} more" if len(candidates) > SHOWN_CANDIDATES else ""
        raise Ambiguous(
            f"{wanted!r} fits {len(candidates)}: {', '.join(candidates[:SHOWN_CANDIDATES])}{more}. "
            f"Give more of it, or the app."
        )
    return next(iter(chosen.values()))


def contents(entry: Entry) -> dict[str, tuple[int, Any]]:
    """Return the values of a record by name, each with its bytes, for printing alone.

    Of a queued call its status only: what it was called with may hold what names its session.
    """
    payload = entry.record.payload if entry.record is not None else None
    if payload is None or entry.address.kind is Kind.QUEUE:
        return {}
    try:
        states = unseal_states(payload) if entry.address.kind is Kind.SESSION else {"value": unseal(payload)}
    except CannotRead as error:
        return {"payload": (len(payload), Sketch(f"<{error}>"))}
    return {name: (len(data), outline(data)) for name, data in states.items() if "\x1f" not in name}


# -- what may go -------------------------------------------------------------------------------


@dataclass(slots=True)
class Collected:
    """What `collect` removed."""

    expired: int = 0
    queues: int = 0
    objects: int = 0
    object_bytes: int = 0


def collect(
    store: StateStore, *, now: float, app: str | None = None, remove: bool = True, seen: Seen | None = None
) -> Collected:
    """Remove what nobody will miss: what expired, queues that are done, objects that writes have left.

    What comes back to life between the look and the removal stays.

    Args:
        store: where to look.
        now: Unix seconds.
        app: whose; ``None`` for all apps. Objects belong to no app, so they are left alone with one.
        remove: whether to remove it; else it is counted only.
        seen: is told of the progress.
    """
    done = Collected()
    queues: list[str] = []
    for count, (key, record) in enumerate(store.scan("", include_expired=True, payloads=False), 1):
        where = address(key)
        if app in (None, where.app):
            if _is_over(record, now):
                done.expired += not remove or store.delete_unchanged(key, record)
            elif where.kind is Kind.QUEUE:
                queues.append(key)
        if seen is not None and count % BATCH == 0:
            seen(count)
    for key, found, _ in readings(store, queues):
        if found is not None and _is_done(found, now):
            done.queues += not remove or store.delete_unchanged(key, found)
    if app is None:
        for _, size in store.sweep(now - STRAY_SECONDS, remove=remove):
            done.objects += 1
            done.object_bytes += size
    return done


def _is_over(record: Record, now: float) -> bool:
    if record.leased_until is not None:
        return False
    if record.expires_at is None:
        return record.version == 0  # what a lease on nothing has left
    return record.expires_at + EXPIRED_SECONDS <= now


def _is_done(record: Record, now: float) -> bool:
    try:
        return is_finished(record, now=now)
    except CannotRead:
        return False  # it expires by itself
