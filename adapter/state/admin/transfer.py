"""A store's content as lines of JSON, and back: each record with its version, nonce and expiry.

    {"line": "export", "format": 1}
    {"line": "record", "key": "S#…", "version": …, "nonce": "…", "payload": "…", "expires_at": …}
    {"line": "number", "key": "C#…", "number": …}
    {"line": "end", "records": …, "numbers": …}

Bytes are base64. The last line tells a whole export from one that broke off. Leases are not taken along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from adapter.errors import Conflict, MalformedRequest
from adapter.state.admin.inspect import Seen, batches, readings
from adapter.state.session import Kind, address
from adapter.state.stores.base import Record, StateStore, Write, new_nonce, next_version

FORMAT = 1


class _Line(msgspec.Struct, tag_field="line", frozen=True, forbid_unknown_fields=True):
    pass


class Head(_Line, tag="export", frozen=True):
    """The first line."""

    format: int


class RecordLine(_Line, tag="record", frozen=True):
    """One record."""

    key: str
    version: int
    nonce: bytes
    payload: bytes
    expires_at: int | None


class NumberLine(_Line, tag="number", frozen=True):
    """One number: a shard of a GlobalCounter."""

    key: str
    number: int


class End(_Line, tag="end", frozen=True):
    """The last line: how many there were."""

    records: int
    numbers: int


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Head | RecordLine | NumberLine | End).decode


@dataclass(slots=True)
class Exported:
    """What `export` has yielded.

    Attributes:
        records: how many.
        numbers: how many.
        problems: by key, why a record could not be read.
    """

    records: int = 0
    numbers: int = 0
    problems: dict[str, str] = field(default_factory=dict)


def export(
    store: StateStore, done: Exported, *, app: str | None = None, queues: bool = False, seen: Seen | None = None
) -> Iterator[bytes]:
    """Yield the lines of an export, without their line ends.

    Every record is read at its own moment: while the app runs, two of them may be of different ones.

    Args:
        store: what to export.
        done: is told what was exported, and what could not be.
        app: whose; ``None`` for all apps.
        queues: whether to export queued calls too. They last for minutes, and name their sessions.
        seen: is told of the progress.
    """

    def wanted(key: str) -> bool:
        where = address(key)
        return app in (None, where.app) and (queues or where.kind is not Kind.QUEUE)

    yield _encode(Head(FORMAT))
    keys = (key for key, _ in store.scan("", payloads=False) if wanted(key))
    for key, record, problem in readings(store, keys, seen=seen):
        if record is None or record.payload is None:
            done.problems[key] = problem or "it holds nothing"
            continue
        yield _encode(RecordLine(key, record.version, record.nonce, record.payload, record.expires_at))
        done.records += 1
    for key, number in store.numbers(""):
        if wanted(key):
            yield _encode(NumberLine(key, number))
            done.numbers += 1
    yield _encode(End(done.records, done.numbers))


@dataclass(slots=True)
class Imported:
    """What `load` did, in items.

    Attributes:
        written: that are new here.
        replaced: that took another one's place.
        equal: that stood here already, the same.
        kept: keys under which something else stands, which was left alone.
        expired: whose time was over.
    """

    written: int = 0
    replaced: int = 0
    equal: int = 0
    expired: int = 0
    kept: list[str] = field(default_factory=list)


def load(
    store: StateStore, lines: Iterable[bytes], *, now: float, replace: bool = False, seen: Seen | None = None
) -> Imported:
    """Put what an export holds into ``store``; one that broke off can be put in again.

    Args:
        store: where to.
        lines: of the export.
        now: Unix seconds; what expired by then is left out.
        replace: whether to write over what stands under the same keys; else it is left alone.
        seen: is told of the progress.

    Raises:
        MalformedRequest: a line is not of an export, or the export ends early; some of it may be in the store.
    """
    done = Imported()
    count = 0
    for batch in batches(_parsed(lines)):
        records = [line for line in batch if isinstance(line, RecordLine)]
        numbers = [line for line in batch if isinstance(line, NumberLine)]
        standing = store.read([line.key for line in records])
        for record in records:
            _put(store, record, standing.get(record.key), done, now=now, replace=replace)
        sums = store.sums([line.key for line in numbers])
        for number in numbers:
            _put_number(store, number, sums, done, replace=replace)
        count += len(batch)
        if seen is not None:
            seen(count)
    return done


def _parsed(lines: Iterable[bytes]) -> Iterator[RecordLine | NumberLine]:
    records = numbers = 0
    end: End | None = None
    at = 0
    for at, text in enumerate(lines, 1):
        try:
            line = _decode(text)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise MalformedRequest(f"Line {at} is not of an export: {error}. Give a file that export wrote.") from error
        if isinstance(line, Head) != (at == 1) or end is not None:
            raise MalformedRequest(f"Line {at} does not belong there. Give one file that export wrote, as it is.")
        if isinstance(line, Head):
            if line.format != FORMAT:
                raise MalformedRequest(
                    f"The export has the format {line.format}, and this version of the adapter knows {FORMAT}. "
                    f"Import it with the version that wrote it."
                )
        elif isinstance(line, End):
            end = line
        else:
            records += isinstance(line, RecordLine)
            numbers += isinstance(line, NumberLine)
            yield line
    if end != End(records, numbers):
        raise MalformedRequest(f"The export ends early, after line {at}. Export again, and import the whole of it.")


def _put(
    store: StateStore, line: RecordLine, standing: Record | None, done: Imported, *, now: float, replace: bool
) -> None:
    if line.expires_at is not None and line.expires_at <= now:
        done.expired += 1
    elif standing is not None and (standing.version, standing.nonce) == (line.version, line.nonce):
        done.equal += 1
    elif standing is None:
        try:
            store.write([Write(line.key, line.payload, line.version, line.nonce, None, line.expires_at)])
            done.written += 1
        except Conflict:  # somebody was quicker, or holds a lease
            done.kept.append(line.key)
    elif not replace:
        done.kept.append(line.key)
    else:
        # A version of its own: who holds the old one must not take this for it, nor the store for what it once applied.
        version = max(line.version, next_version(standing.version))
        try:
            store.write([Write(line.key, line.payload, version, new_nonce(), standing.version, line.expires_at)])
            done.replaced += 1
        except Conflict:
            done.kept.append(line.key)


def _put_number(store: StateStore, line: NumberLine, sums: Mapping[str, int], done: Imported, *, replace: bool) -> None:
    standing = sums.get(line.key)
    if standing is None:
        store.add(line.key, line.number)
        done.written += 1
    elif standing == line.number:
        done.equal += 1
    elif replace:
        store.add(line.key, line.number - standing)
        done.replaced += 1
    else:
        done.kept.append(line.key)
