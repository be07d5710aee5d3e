"""A store's content goes into a file and comes back as it was, from any store into any other."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapter.errors import MalformedRequest
from adapter.state.admin.transfer import Exported, Imported, export, load
from adapter.state.backoff import Backoff
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import SessionId, counter_key, global_key, mailbox_key, session_key
from adapter.state.stores.base import Record, StateStore, Write, new_nonce, next_version
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.sqlite import SQLiteStore
from adapter.state.warm_store import WarmStore
from tests.state.conftest import NOW, Clock
from tests.state.stores import places
from tests.state.stores.places import LARGE, SMALL
from tests.support.ministack import running_ministack

HOUR = 3_600
Open = Callable[[], StateStore]


@pytest.fixture(scope="module")
def emulator() -> Iterator[places.Clients]:
    """Clients to an emulator of AWS."""
    with running_ministack() as url, places.clients(url) as clients:
        yield clients


@pytest.fixture(params=["memory", "sqlite", "dynamodb+s3"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open a new, empty store; every test runs over each kind."""
    opened: list[StateStore] = []

    def one() -> StateStore:
        clock = places.Clock()
        store: StateStore
        if request.param == "memory":
            store = MemoryStore(clock=clock)
        elif request.param == "sqlite":
            store = SQLiteStore(tmp_path / f"{len(opened)}.db", clock=clock)
        else:
            return request.getfixturevalue("emulator").fresh().store(clock, spilling=True)  # type: ignore[no-any-return]
        opened.append(store)
        return store

    yield one
    for store in opened:
        store.close()


def put(store: StateStore, *keys: str, payload: bytes = SMALL, expires_at: int | None = None) -> None:
    """Write first records under ``keys``."""
    store.write([Write(key, payload, next_version(None), new_nonce(), None, expires_at) for key in keys])


def fill(store: StateStore, sessions: int) -> None:
    """Put something of every kind into a store: small and large, lasting and expiring, written once and often."""
    keys = [session_key("app", SessionId("token", str(number))) for number in range(sessions)]
    for start in range(0, sessions, 100):
        put(store, *keys[start : start + 100], expires_at=int(NOW) + HOUR + start)
    for key in keys[::50]:
        seen = store.read([key])[key]
        store.write([Write(key, LARGE, seen.version + 1, new_nonce(), seen.version, int(NOW) + HOUR)])
    put(store, global_key("app", "small"))
    put(store, global_key("app", "large"), payload=LARGE)
    put(store, global_key("other", "small"))
    for shard in range(3):
        store.add(counter_key("app", "visits", shard), shard - 1)
    warm_store = WarmStore(store, clock=places.Clock(NOW))
    Mailbox(warm_store, SessionId("hash", "ann")).join("event", {"data": [1]}, backoff=Backoff(1e12))


def content(store: StateStore) -> tuple[dict[str, Record], dict[str, int]]:
    """Return all that can be read from a store."""
    return dict(store.scan("")), dict(store.numbers(""))


def test_a_thousand_sessions_come_back_as_they_were(fresh: Open) -> None:
    """And everything else: payload, version, nonce and expiry, every kind; told of as it goes."""
    source, target = fresh(), fresh()
    fill(source, 1_000)
    exported, told = Exported(), list[int]()
    lines = list(export(source, exported, queues=True, seen=told.append))
    assert exported == Exported(records=1_004, numbers=3)
    assert told == [*range(25, 1_001, 25), 1_004]
    told.clear()
    assert load(target, lines, now=NOW, seen=told.append) == Imported(written=1_007)
    assert told == [*range(25, 1_001, 25), 1_007]
    assert content(target) == content(source)


def test_from_one_kind_of_store_into_another(fresh: Open) -> None:
    """An export does not tell where it came from."""
    source, between, target = fresh(), MemoryStore(clock=places.Clock()), fresh()
    fill(source, 30)
    load(between, export(source, Exported()), now=NOW)
    load(target, export(between, Exported()), now=NOW)
    records, numbers = content(source)
    del records[mailbox_key("app", SessionId("hash", "ann"))]
    assert content(target) == (records, numbers)


def test_queued_calls_stay_unless_they_are_asked_for(fresh: Open) -> None:
    """They last for minutes, and one may name its session."""
    source = fresh()
    fill(source, 1)
    keys = [json.loads(line).get("key", "") for line in export(source, Exported())]
    assert not [key for key in keys if key.startswith("M#")]


def test_one_app_is_exported_alone(fresh: Open) -> None:
    """Its sessions, globals and counters, and nobody else's."""
    source, target = fresh(), fresh()
    fill(source, 3)
    source.add(counter_key("other", "visits", 0), 1)
    load(target, export(source, Exported(), app="other"), now=NOW)
    records, numbers = content(target)
    assert (set(records), numbers) == ({"G#other#small"}, {"C#other#visits#0": 1})


def test_what_is_there_already_is_not_written_again(fresh: Open) -> None:
    """So an import that broke off may be started again, also when a session was used, but not changed, since."""
    source, target = fresh(), fresh()
    fill(source, 60)
    lines = list(export(source, Exported()))
    with pytest.raises(MalformedRequest, match="The export ends early, after line 51"):
        load(target, lines[:51], now=NOW)
    some, seen = next((key, seen) for key, seen in target.scan("S#") if seen.payload == SMALL)
    assert target.touch(some, seen.version, int(NOW) + 2 * HOUR)
    assert load(target, lines, now=NOW) == Imported(equal=50, written=16)
    assert load(target, lines, now=NOW) == Imported(equal=66)
    assert target.read([some])[some].expires_at == int(NOW) + 2 * HOUR


def test_what_else_is_there_is_left_alone(fresh: Open) -> None:
    """And told of."""
    source, target = fresh(), fresh()
    fill(source, 2)
    put(target, global_key("app", "small"), payload=b"mine")
    target.add(counter_key("app", "visits", 1), 7)
    before = target.read([global_key("app", "small")])
    done = load(target, export(source, Exported()), now=NOW)
    assert sorted(done.kept) == [counter_key("app", "visits", 1), global_key("app", "small")]
    assert done.written == 6
    assert target.read([global_key("app", "small")]) == before
    assert target.sums([counter_key("app", "visits", 1)]) == {counter_key("app", "visits", 1): 7}


def test_what_else_is_there_is_replaced_when_that_is_asked_for(fresh: Open) -> None:
    """Under a version that nobody has seen: who read what stood there loses, whichever of the two was newer."""
    store = fresh()
    fill(store, 2)
    lines = list(export(store, Exported()))
    records, numbers = content(store)
    key = global_key("app", "large")
    store.write([Write(key, b"newer", records[key].version + 1, new_nonce(), records[key].version)])
    store.add(counter_key("app", "visits", 1), 7)
    newer = store.read([key])[key]
    assert load(store, lines, now=NOW).kept == [key, counter_key("app", "visits", 1)]
    assert load(store, lines, now=NOW, replace=True) == Imported(equal=6, replaced=2)
    restored = store.read([key])[key]
    assert restored.payload == LARGE
    assert restored.version > newer.version
    assert content(store)[1] == numbers


def test_what_is_leased_is_left_to_its_holder(fresh: Open) -> None:
    """Whether there is something under the key or not."""
    source, target = fresh(), fresh()
    put(source, "G#app#one", "G#app#two")
    put(target, "G#app#two", payload=b"theirs")
    for key in ("G#app#one", "G#app#two"):
        target.lock(key, new_nonce(), int((NOW + 60) * 1_000))
    lines = list(export(source, Exported()))
    assert sorted(load(target, lines, now=NOW, replace=True).kept) == ["G#app#one", "G#app#two"]
    assert target.read(["G#app#two"])["G#app#two"].payload == b"theirs"


def test_what_expired_meanwhile_is_not_written(fresh: Open) -> None:
    """Nobody would ever be served it."""
    source, target = fresh(), fresh()
    put(source, "S#app#a", expires_at=int(NOW) + 60)
    put(source, "S#app#b", expires_at=int(NOW) + 61)
    lines = list(export(source, Exported()))
    assert load(target, lines, now=NOW + 60) == Imported(written=1, expired=1)
    assert [key for key, _ in target.scan("")] == ["S#app#b"]


def test_a_record_that_cannot_be_read_keeps_no_other_from_the_export(emulator: places.Clients) -> None:
    """It is told of, by its key."""
    remote = emulator.fresh()
    store = remote.store(places.Clock(), spilling=True)
    put(store, "G#app#lost", payload=LARGE)
    remote.s3.delete_object(Bucket=remote.bucket, Key=remote.objects()[0])
    put(store, "G#app#one", "G#app#two")
    exported, target = Exported(), MemoryStore(clock=places.Clock())
    load(target, export(store, exported), now=NOW)
    assert [key for key, _ in target.scan("")] == ["G#app#one", "G#app#two"]
    assert (exported.records, list(exported.problems)) == (2, ["G#app#lost"])
    assert "NoSuchKey" in exported.problems["G#app#lost"]


# -- the file ------------------------------------------------------------------------------------

HEAD = b'{"line":"export","format":1}'
RECORD = b'{"line":"record","key":"G#app#g","version":5,"nonce":"bm9uY2U=","payload":"AQI=","expires_at":null}'
NUMBER = b'{"line":"number","key":"C#app#n#0","number":-3}'
END = b'{"line":"end","records":1,"numbers":1}'


def test_the_format_is_lines_of_json(clock: Clock) -> None:
    """One that was written by hand, or years ago, is read."""
    store = MemoryStore(clock=clock)
    assert load(store, [HEAD, RECORD, NUMBER, END], now=NOW).written == 2
    assert content(store) == ({"G#app#g": Record(5, b"nonce", b"\x01\x02")}, {"C#app#n#0": -3})
    assert list(export(store, Exported())) == [HEAD, RECORD, NUMBER, END]
    assert base64.b64decode(json.loads(RECORD)["payload"]) == b"\x01\x02"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "ends early, after line 0. Export again"),
        ([HEAD], "ends early, after line 1"),
        ([HEAD, RECORD, END], "ends early, after line 3"),
        ([HEAD, RECORD, RECORD, NUMBER, END], "ends early, after line 5"),
        ([RECORD, NUMBER, END], "Line 1 does not belong there"),
        ([HEAD, RECORD, NUMBER, END, RECORD], "Line 5 does not belong there"),
        ([HEAD, HEAD], "Line 2 does not belong there"),
        ([HEAD.replace(b"1", b"2")], "has the format 2, and this version of the adapter knows 1"),
        ([b"not JSON"], "Line 1 is not of an export: JSON is malformed"),
        ([HEAD, b"\xff"], "Line 2 is not of an export"),
        ([HEAD, RECORD.replace(b"AQI=", b"?")], "Line 2 is not of an export: Invalid base64"),
        ([HEAD, RECORD.replace(b'"key"', b'"name"')], "Line 2 is not of an export: Object contains unknown field"),
        ([HEAD, b'{"line":"lease"}'], "Line 2 is not of an export: Invalid value 'lease'"),
    ],
)
def test_what_is_no_whole_export_is_refused(lines: list[bytes], said: str, clock: Clock) -> None:
    """With the line, and what is wrong with it."""
    with pytest.raises(MalformedRequest) as error:
        load(MemoryStore(clock=clock), lines, now=NOW)
    assert said in str(error.value)
