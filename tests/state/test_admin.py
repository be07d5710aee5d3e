"""What a store holds is listed, found, shown and cleaned up, without the app that wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapter.errors import NotFound
from adapter.state.admin import inspect
from adapter.state.admin.inspect import Ambiguous, Entry, collect, contents, entries, find
from adapter.state.backoff import Backoff
from adapter.state.codec import encode, seal, seal_states
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import Kind, SessionId, counter_key, global_key, mailbox_key, session_key
from adapter.state.stores.base import StateStore, Write, new_nonce, next_version
from adapter.state.stores.overflow import S3Overflow
from adapter.state.warm_store import WarmStore
from tests.state.conftest import NOW, Clock
from tests.state.stores import places
from tests.state.stores.places import LARGE, Aws
from tests.support.ministack import running_ministack

HOUR = 3_600


def put(store: StateStore, key: str, payload: bytes, *, expires_at: int | None = None) -> Write:
    """Write a first record under ``key``."""
    write = Write(key, payload, next_version(None, clock=lambda: NOW), new_nonce(), None, expires_at)
    store.write([write])
    return write


def states(**values: Any) -> bytes:
    """Return a session's payload."""
    return seal_states({name: encode(value, name=name) for name, value in values.items()})


def shared(value: Any) -> bytes:
    """Return a global's payload."""
    return seal(encode(value, name="global"))


def visitor(name: str) -> SessionId:
    """Return a visitor's session."""
    return SessionId("token", name)


@pytest.fixture(scope="module")
def emulator() -> Iterator[places.Clients]:
    """Clients to an emulator of AWS."""
    with running_ministack() as url, places.clients(url) as clients:
        yield clients


@pytest.fixture
def remote(emulator: places.Clients) -> Aws:
    """A table and a bucket of its own."""
    return emulator.fresh()


# -- listing -------------------------------------------------------------------------------------


def test_a_thousand_sessions_are_listed_with_progress(store: StateStore) -> None:
    """Each once, read in batches, of which every one is told."""
    keys = [session_key("app", visitor(str(number))) for number in range(1_000)]
    for start in range(0, 1_000, 100):
        writes = [
            Write(key, states(count=start), 1, new_nonce(), None, int(NOW) + HOUR) for key in keys[start : start + 100]
        ]
        store.write(writes)
    told: list[int] = []
    listed = list(entries(store, seen=told.append))
    assert sorted(entry.key for entry in listed) == sorted(keys)
    assert told == list(range(inspect.BATCH, 1_001, inspect.BATCH))


def test_an_entry_says_what_there_is_to_know(store: StateStore, clock: Clock) -> None:
    """Kind, app, short id, names, size, version and expiry; the times a State was written are no States."""
    session = put(
        store,
        session_key("shop", visitor("ann")),
        seal_states({"cart": encode([], name="cart"), "cart\x1fat": encode(1, name="at")}),
        expires_at=int(NOW) + HOUR,
    )
    put(store, global_key("shop", "scores"), shared([1]))
    store.add(counter_key("shop", "visits", 0), 2)
    store.add(counter_key("shop", "visits", 7), 3)
    Mailbox(WarmStore(store, app="shop", clock=clock), visitor("ann")).join("e", {"data": []}, backoff=Backoff(1e12))
    put(store, "X#new", b"?")
    found = {entry.address.kind: entry for entry in entries(store)}
    assert found.keys() == set(Kind)
    mine = found[Kind.SESSION]
    assert (mine.address.app, mine.key, mine.names) == ("shop", session.key, ("cart",))
    assert mine.id == visitor("ann").digest().lstrip("-")[:8]
    assert mine.record is not None
    assert (mine.record.version, mine.record.expires_at) == (session.version, session.expires_at)
    assert found[Kind.GLOBAL].id == "scores"
    assert (found[Kind.COUNTER].id, found[Kind.COUNTER].total, found[Kind.COUNTER].record) == ("visits", 5, None)
    assert found[Kind.QUEUE].names == ("1 pending",)
    assert (found[Kind.OTHER].key, found[Kind.OTHER].address.app) == ("X#new", "")


def test_one_app_is_told_from_another(store: StateStore) -> None:
    """Also where one's name begins with the other's, and where there is a # in it."""
    for app in ("shop", "shop2", "shop#2"):
        put(store, session_key(app, visitor("ann")), states(a=1))
        put(store, global_key(app, "scores"), shared(1))
        store.add(counter_key(app, "visits", 0), 1)
    put(store, "X#new", b"?")
    for app in ("shop", "shop2", "shop#2"):
        listed = list(entries(store, app=app))
        assert sorted(str(entry.address.kind) for entry in listed) == ["counter", "global", "session"]
        assert {entry.address.app for entry in listed} == {app}
    assert list(entries(store, app="none")) == []


def test_what_expired_is_not_listed(store: StateStore, clock: Clock) -> None:
    """It is never served either."""
    put(store, session_key("app", visitor("ann")), states(a=1), expires_at=int(NOW) + 60)
    clock.now += 60
    assert list(entries(store)) == []


def test_a_damaged_payload_is_listed_with_its_problem(store: StateStore) -> None:
    """And so is everything else."""
    put(store, session_key("app", visitor("ann")), b"\x09damaged")
    put(store, session_key("app", visitor("bob")), states(a=1))
    problems = {entry.key: entry.problem for entry in entries(store)}
    assert "codec id 9" in str(problems[session_key("app", visitor("ann"))])
    assert problems[session_key("app", visitor("bob"))] is None


def test_an_object_that_is_lost_keeps_nothing_else_from_being_listed(remote: Aws) -> None:
    """A broken record is one for whoever looks after the store, and it can be deleted."""
    store = remote.store(places.Clock(), spilling=True)
    put(store, global_key("app", "lost"), LARGE)
    remote.s3.delete_object(Bucket=remote.bucket, Key=remote.objects()[0])
    for number in range(inspect.BATCH):
        put(store, global_key("app", f"g{number}"), shared(number))
    problems = {entry.id: entry.problem for entry in entries(store)}
    assert len(problems) == inspect.BATCH + 1
    assert {name for name, problem in problems.items() if problem is not None} == {"lost"}
    assert "NoSuchKey" in str(problems["lost"])
    store.delete([entry.key for entry in find(store, "lost")])
    assert len(list(entries(store))) == inspect.BATCH


# -- finding -------------------------------------------------------------------------------------


@pytest.fixture
def filled(store: StateStore, clock: Clock) -> StateStore:
    """A store with a few things of two apps."""
    for number in range(20):
        put(store, session_key("shop", visitor(str(number))), states(cart=[number]))
    for app, name in (("shop", "scores"), ("shop", "score"), ("chat", "topics"), ("shop", "topics")):
        put(store, global_key(app, name), shared(name))
    store.add(counter_key("shop", "visits", 0), 2)
    return store


@pytest.mark.parametrize("length", [8, 20, 43])
def test_a_session_is_found_by_the_start_of_its_hash(filled: StateStore, length: int) -> None:
    """A leading dash, which a command line would take for an option, may be left out."""
    for number in range(20):
        digest = visitor(str(number)).digest()
        for wanted in (digest[:length], digest.lstrip("-")[:length]):
            assert [entry.key for entry in find(filled, wanted)] == [session_key("shop", visitor(str(number)))]


def test_a_session_whose_hash_begins_with_a_dash_has_an_id_without(store: StateStore) -> None:
    """What is listed can be given back as it stands."""
    dashed = next(visitor(str(n)) for n in range(10_000) if visitor(str(n)).digest().startswith("-"))
    put(store, session_key("app", dashed), states(a=1))
    (entry,) = entries(store)
    assert not entry.id.startswith("-")
    assert find(store, entry.id)[0].key == entry.key


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ("scores", ["G#shop#scores"]),
        ("score", ["G#shop#score"]),
        ("vis", ["C#shop#visits"]),
        ("G#chat#t", ["G#chat#topics"]),
        ("G#shop#score", ["G#shop#score"]),
    ],
)
def test_globals_and_counters_are_found_by_name_or_key(filled: StateStore, wanted: str, keys: list[str]) -> None:
    """The whole of a name goes before the start of a longer one."""
    assert [entry.key for entry in find(filled, wanted)] == keys


def test_a_session_is_found_along_with_its_queue(filled: StateStore, clock: Clock) -> None:
    """They have one hash; the key of either finds that one alone."""
    warm_store = WarmStore(filled, app="shop", clock=clock)
    Mailbox(warm_store, visitor("3")).join("e", {"data": []}, backoff=Backoff(1e12))
    keys = {session_key("shop", visitor("3")), mailbox_key("shop", visitor("3"))}
    assert {entry.key for entry in find(filled, visitor("3").digest()[:10])} == keys
    for key in keys:
        assert [entry.key for entry in find(filled, key)] == [key]
    (session,) = find(filled, visitor("3").digest(), kinds=[Kind.SESSION])
    assert session.key == session_key("shop", visitor("3"))


def test_what_fits_several_is_an_error_that_lists_them(filled: StateStore) -> None:
    """Ten at most, with how many more there are; an app makes it one."""
    with pytest.raises(Ambiguous) as error:
        find(filled, "topics")
    assert str(error.value) == (
        "'topics' fits 2: global topics of app chat, global topics of app shop. Give more of it, or the app."
    )
    assert [entry.key for entry in find(filled, "topics", app="chat")] == ["G#chat#topics"]
    with pytest.raises(Ambiguous, match=r"fits 20: session [\w-]{8} of app shop, .* and 10 more\. Give more"):
        find(filled, "S#shop#")


@pytest.mark.parametrize("wanted", ["nothing", "", "shop"])
def test_what_fits_nothing_is_an_error(filled: StateStore, wanted: str) -> None:
    """With what shows what there is."""
    with pytest.raises(NotFound, match=f"Nothing here is called '{wanted}'; `adapter state ls` shows"):
        find(filled, wanted)


# -- showing -------------------------------------------------------------------------------------


def shown(store: StateStore, wanted: str) -> list[Entry]:
    """Return what is found, with payloads."""
    keys = [entry.key for entry in find(store, wanted)]
    return [inspect.entry_of(*reading) for reading in inspect.readings(store, keys)]


def test_values_are_shown_by_name_with_their_size(store: StateStore) -> None:
    """Of a session each State's, of a global its one."""
    put(store, session_key("app", visitor("ann")), states(cart=["tea"], total=(1, 2)))
    put(store, global_key("app", "scores"), shared({"ann": 3}))
    (session,) = shown(store, "S#")
    size = len(encode(["tea"], name="cart"))
    assert contents(session) == {
        "cart": (size, ["tea"]),
        "total": (len(encode((1, 2), name="total")), (1, 2)),
    }
    assert contents(shown(store, "scores")[0])["value"][1] == {"ann": 3}


def test_a_damaged_record_is_shown_as_one(store: StateStore) -> None:
    """With what is wrong."""
    put(store, session_key("app", visitor("ann")), b"\x09damaged")
    put(store, global_key("app", "scores"), b"\x01\xc1")
    assert "codec id 9" in repr(contents(shown(store, "S#")[0])["payload"][1])
    assert "cannot be read" in repr(contents(shown(store, "scores")[0])["value"][1])


def test_what_a_call_was_made_with_is_not_shown(store: StateStore, clock: Clock) -> None:
    """It may name its session."""
    box = Mailbox(WarmStore(store, clock=clock), visitor("ann"))
    box.join("event", {"data": ["private"], "session": ["hash", "secret"]}, backoff=Backoff(1e12))
    (queue,) = shown(store, "M#")
    assert contents(queue) == {}
    assert queue.names == ("1 pending",)


# -- cleaning up ---------------------------------------------------------------------------------


def test_what_expired_and_what_a_lease_left_is_collected(store: StateStore, clock: Clock) -> None:
    """Five minutes after its time, for clocks differ; everything else stays."""
    put(store, session_key("app", visitor("old")), states(a=1), expires_at=int(NOW) + 60)
    put(store, session_key("app", visitor("new")), states(a=1), expires_at=int(NOW) + 10 * HOUR)
    put(store, global_key("app", "scores"), shared(1))
    store.lock(global_key("app", "never"), new_nonce(), int((NOW + 60) * 1_000))
    store.add(counter_key("app", "visits", 0), 1)
    clock.now += 59
    assert collect(store, now=clock.now) == inspect.Collected()
    clock.now += 200
    assert collect(store, now=clock.now) == inspect.Collected(expired=1)  # the lease
    clock.now += 101
    assert collect(store, now=clock.now, remove=False) == inspect.Collected(expired=1)
    assert collect(store, now=clock.now) == inspect.Collected(expired=1)
    assert {key for key, _ in store.scan("", include_expired=True)} == {
        session_key("app", visitor("new")),
        global_key("app", "scores"),
    }
    assert dict(store.numbers("")) == {counter_key("app", "visits", 0): 1}


def test_one_apps_leftovers_are_collected_alone(store: StateStore, clock: Clock) -> None:
    """Those of another stay."""
    for app in ("shop", "chat"):
        put(store, session_key(app, visitor("old")), states(a=1), expires_at=int(NOW) + 60)
    clock.now += HOUR
    assert collect(store, now=clock.now, app="shop").expired == 1
    assert [key for key, _ in store.scan("", include_expired=True)] == [session_key("chat", visitor("old"))]


def test_a_queue_goes_when_nobody_waits_for_it(environment: Callable[[], WarmStore], clock: Clock) -> None:
    """Not while a call waits or runs, nor while its client may still be reading that it was closed."""
    warm_store, patience = environment(), Backoff(1e12)
    box = Mailbox(warm_store, visitor("ann"))

    def collected() -> int:
        return collect(warm_store.store, now=clock.now).queues

    box.join("event", {"data": []}, backoff=patience)
    assert collected() == 0
    box.open("stream", until=clock.now + 60, backoff=patience)
    assert collected() == 0
    assert box.settle("stream", {"event": []}, until=clock.now + 60, backoff=patience).closed
    clock.now += 1
    assert collected() == 0
    clock.now += 60
    assert collect(warm_store.store, now=clock.now, remove=False).queues == 1
    assert collected() == 1
    assert list(warm_store.store.scan("")) == []


def test_a_queue_of_another_version_is_left_to_its_expiry(store: StateStore, clock: Clock) -> None:
    """Whether anybody waits for it cannot be told."""
    put(store, mailbox_key("app", visitor("ann")), b"\x09new", expires_at=int(NOW) + 300)
    assert collect(store, now=clock.now) == inspect.Collected()
    clock.now += 600
    assert collect(store, now=clock.now).expired == 1


def test_progress_is_told_while_collecting(store: StateStore, clock: Clock) -> None:
    """Every so many items."""
    for number in range(60):
        put(store, global_key("app", str(number)), shared(1))
    told: list[int] = []
    collect(store, now=clock.now, seen=told.append)
    assert told == [inspect.BATCH, 2 * inspect.BATCH]


def test_objects_that_writes_have_left_are_collected(remote: Aws) -> None:
    """Once they are older than any invocation; with an app they are left alone."""
    clock = places.Clock()
    store = remote.store(clock, spilling=True)
    put(store, global_key("app", "scores"), LARGE)
    put(store, session_key("app", visitor("ann")), LARGE, expires_at=int(clock.now) + HOUR)
    overflow = S3Overflow(remote.s3, remote.bucket)
    overflow.put(overflow.name(remote.table, "G#app#scores", 1, b"n" * 12, expires=False), LARGE)
    kept = remote.objects()
    ago, later = 0.0, 4_000_000_000.0
    assert collect(store, now=ago).objects == 0
    assert collect(store, now=later, app="app").expired == 1
    assert len(remote.objects()) == len(kept) - 1
    assert collect(store, now=later, remove=False) == inspect.Collected(objects=1, object_bytes=len(LARGE))
    assert collect(store, now=later) == inspect.Collected(objects=1, object_bytes=len(LARGE))
    assert store.read([global_key("app", "scores")])[global_key("app", "scores")].payload == LARGE
    assert len(remote.objects()) == 1
