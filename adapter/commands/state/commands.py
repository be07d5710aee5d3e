"""What each of ``ls``, ``show``, ``reset``, ``export``, ``import`` and ``gc`` does."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from adapter.commands.state.text import HEADER, Progress, as_json, counted, facts, printable, row, value
from adapter.errors import AdapterError, ConfigurationError, NotFound
from adapter.settings import Settings
from adapter.state.admin import inspect, transfer
from adapter.state.admin.inspect import Entry
from adapter.state.session import Kind, address
from adapter.state.stores import open_store
from adapter.state.stores.base import StateStore

STANDARD = "-"


class NotDone(AdapterError):
    """Raise when a command ends without having done all that it was asked for."""


# -- where -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Which store a command is about."""

    url: str
    bucket: str | None

    @classmethod
    def of(cls, parsed: Namespace) -> _Place:
        """Return what the command line names, else the settings, else what the dev server uses here."""
        settings = Settings.from_environment()
        url = parsed.store or settings.store
        if url == "memory:":  # nobody else's memory can be seen from here
            url = f"sqlite://{Path.cwd() / '.adapter' / 'state.db'}"
        return cls(url, parsed.state_bucket or settings.state_bucket)

    @contextmanager
    def opened(self, *, making: bool = False) -> Iterator[StateStore]:
        """Open the store; a file that is missing is made only if it is to be filled."""
        file = self.url.removeprefix("sqlite://")
        if file != self.url and not making and not Path(file).exists():
            raise ConfigurationError(
                f"There is no state file {file}; run `adapter dev` in this folder first, or name another with --store."
            )
        with closing(open_store(self.url, state_bucket=self.bucket)) as store:
            yield store


def _progress(parsed: Namespace) -> Progress:
    return Progress(sys.stderr, wanted=parsed.progress)


# -- looking -----------------------------------------------------------------------------------


def ls(parsed: Namespace) -> int:
    """List what there is, as it is read."""
    progress = _progress(parsed)
    with _Place.of(parsed).opened() as store:
        if not parsed.json:
            print(HEADER)
        for entry in inspect.entries(store, app=parsed.app, seen=progress):
            progress.clear()
            print(as_json(entry) if parsed.json else row(entry))
        progress.clear()
    return 0


def show(parsed: Namespace) -> int:
    """Print one entry's facts and values; of a session also its queue."""
    with _Place.of(parsed).opened() as store:
        found = inspect.find(store, parsed.key, app=parsed.app)
        keys = [entry.key for entry in found if entry.record is not None]
        entries = [inspect.entry_of(*reading) for reading in inspect.readings(store, keys)]
        entries += [entry for entry in found if entry.record is None]
    if not entries:
        raise NotFound(f"{found[0]} has just gone.")
    for at, entry in enumerate(sorted(entries, key=lambda entry: list(Kind).index(entry.address.kind))):
        if at:
            print()
        print("\n".join(facts(entry)))
        for name, (size, content) in inspect.contents(entry).items():
            print(f"\n{value(name, size, content, full=parsed.full)}")
    return 1 if any(entry.problem for entry in entries) else 0


# -- changing ----------------------------------------------------------------------------------


def reset(parsed: Namespace) -> int:
    """Delete sessions and globals, after a question."""
    if not (parsed.ids or parsed.all_sessions or parsed.globals):
        parsed.misused("name a session's ID, --all-sessions or --global NAME")
    progress = _progress(parsed)
    with _Place.of(parsed).opened() as store:
        chosen = [entry for wanted in parsed.ids for entry in _session(store, wanted, parsed.app)]
        chosen += [entry for name in parsed.globals for entry in _globals(store, name, parsed.app)]
        said = [printable(str(entry)) for entry in chosen]
        keys = [key for entry in chosen for key in _keys(store, entry)]
        if parsed.all_sessions:
            sessions = _all_sessions(store, parsed.app)
            said.append(counted(len(sessions), "session"))
            keys += sessions
        if not parsed.yes:
            _confirm(f"Delete {', '.join(said)}?")
        count = 0
        for batch in inspect.batches(keys):
            store.delete(batch)
            count += len(batch)
            progress(count)
    progress.clear()
    print(f"Deleted {', '.join(said)}.")
    return 0


def _session(store: StateStore, wanted: str, app: str | None) -> list[Entry]:
    return inspect.find(store, wanted, app=app, kinds=[Kind.SESSION])


def _all_sessions(store: StateStore, app: str | None) -> list[str]:
    found = ((key, address(key)) for key, _ in store.scan("", payloads=False))
    return [key for key, where in found if where.kind is Kind.SESSION and app in (None, where.app)]


def _keys(store: StateStore, entry: Entry) -> list[str]:
    """Return the keys of a record, or of a counter's shards."""
    if entry.address.kind is not Kind.COUNTER:
        return [entry.key]
    return [key for key, _ in store.numbers(f"{entry.key}#")]


def _globals(store: StateStore, name: str, app: str | None) -> list[Entry]:
    found = inspect.find(store, name, app=app, kinds=[Kind.GLOBAL, Kind.COUNTER])
    if found[0].address.name != name:
        raise NotFound(f"No GlobalState and no GlobalCounter is called {name!r}; is it {found[0].address.name!r}?")
    return found


def _confirm(question: str) -> None:
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    if answer not in ("y", "yes"):
        raise NotDone("Nothing was deleted: it takes the answer y, or the option --yes.")


def gc(parsed: Namespace) -> int:
    """Remove what nobody will miss."""
    progress, place = _progress(parsed), _Place.of(parsed)
    with place.opened() as store:
        done = inspect.collect(store, now=time.time(), app=parsed.app, remove=not parsed.dry_run, seen=progress)
    progress.clear()
    objects = f"{counted(done.objects, 'object')} of {done.object_bytes:,} bytes"
    print(
        f"{'Would remove' if parsed.dry_run else 'Removed'} {counted(done.expired, 'expired item')}, "
        f"{counted(done.queues, 'finished queue')} and {objects}."
    )
    if place.url.startswith("dynamodb:"):
        if parsed.app is not None:
            print("No object in S3 was looked at, since they belong to no app: leave out --app for them.")
        elif place.bucket is None:
            print("No object in S3 was looked at: name the bucket with --state-bucket.")
    return 0


# -- carrying ----------------------------------------------------------------------------------


def export(parsed: Namespace) -> int:
    """Write the store to a file."""
    progress, done = _progress(parsed), transfer.Exported()
    with _Place.of(parsed).opened() as store, _written(parsed.file) as write:
        for line in transfer.export(store, done, app=parsed.app, queues=parsed.queues, seen=progress):
            write(line + b"\n")
    progress.clear()
    said = f"Exported {counted(done.records, 'record')} and {counted(done.numbers, 'number')}"
    if done.problems:
        key, problem = next(iter(done.problems.items()))
        raise NotDone(f"{said}; {len(done.problems):,} could not be read, such as {key!r}: {problem}")
    print(f"{said}.", file=sys.stderr)
    return 0


@contextmanager
def _written(name: str) -> Iterator[Callable[[bytes], object]]:
    """Give what writes to the file ``name``; half a file does not stay."""
    if name == STANDARD:
        yield sys.stdout.buffer.write
        return
    try:
        # What visitors told an app is nobody else's business on this machine.
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigurationError(f"{name} is there already; name a file that is not.") from None
    except OSError as error:
        raise ConfigurationError(f"{name} cannot be written: {error.strerror}. Name another file.") from error
    try:
        with open(descriptor, "wb") as file:
            yield file.write
    except BaseException as error:
        os.unlink(name)
        if isinstance(error, OSError):
            raise ConfigurationError(f"{name} cannot be written: {error.strerror}. Name another file.") from error
        raise


def import_(parsed: Namespace) -> int:
    """Put an export into the store."""
    progress = _progress(parsed)
    with _read(parsed.file) as lines, _Place.of(parsed).opened(making=True) as store:
        done = transfer.load(store, lines, now=time.time(), replace=parsed.replace, seen=progress)
    progress.clear()
    parts = [
        f"{done.written:,} written",
        f"{done.replaced:,} replaced",
        f"{done.equal:,} there already",
        f"{done.expired:,} expired meanwhile",
    ]
    print(f"Imported: {', '.join(parts)}.")
    if done.kept:
        remedy = "Try again when no call is running." if parsed.replace else "Give --replace to write over them."
        raise NotDone(
            f"Something else stands under {counted(len(done.kept), 'key')}, such as {done.kept[0]!r}, and was left "
            f"alone. {remedy}"
        )
    return 0


@contextmanager
def _read(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with open(name, "rb") as file:
            yield file
    except OSError as error:
        raise ConfigurationError(f"{name} cannot be read: {error.strerror}. Name a file that export wrote.") from error
