"""What every store promises, one after the other; what it promises to many at once is in test_concurrency.py."""

from __future__ import annotations

import pytest

from adapter.errors import Conflict
from adapter.state.stores.base import Record, StateStore, new_nonce
from tests.state.stores.places import LARGE, SMALL, Clock, Place, write

KEY = "S#app#one"


def _is_locked_out(store: StateStore, key: str) -> Record:
    with pytest.raises(Conflict) as lost:
        store.write([write(key, b"intruder")])
    return lost.value.winners[key]


# -- reading and writing -------------------------------------------------------------------------


def test_nothing_is_read_where_nothing_was_written(store: StateStore) -> None:
    """Keys without an item are left out of the answer."""
    assert store.read([KEY]) == {}
    assert store.read([KEY, "S#app#two"]) == {}
    assert store.read([]) == {}


@pytest.mark.parametrize("payload", [b"", SMALL, LARGE], ids=["empty", "small", "large"])
def test_what_was_written_is_read(store: StateStore, other: StateStore, payload: bytes) -> None:
    """A record comes back as it was written, also from another environment."""
    first = write(KEY, payload, expires_at=1_800_000_060)
    store.write([first])
    assert other.read([KEY]) == {KEY: Record(first.version, first.nonce, payload, 1_800_000_060)}


def test_several_keys_are_read_at_once(store: StateStore) -> None:
    """One read gives all of the keys that hold something, each once, whatever the number."""
    keys = [f"G#app#{number}" for number in range(120)]
    for key in keys[::10]:
        store.write([write(key, key.encode())])
    store.write([write("G#app#large", LARGE)])
    found = store.read([*keys, "G#app#large", keys[0]])
    assert {key: record.payload for key, record in found.items()} == {
        **{key: key.encode() for key in keys[::10]},
        "G#app#large": LARGE,
    }


def test_a_write_over_the_version_that_was_read_wins(store: StateStore) -> None:
    """The next version takes the place of the one it was made from."""
    first = write(KEY, b"1")
    store.write([first])
    second = write(KEY, b"2", first.version)
    store.write([second])
    assert store.read([KEY])[KEY].payload == b"2"
    assert store.read([KEY])[KEY].version == second.version


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
def test_a_write_over_an_older_version_loses_and_gets_the_winner(
    store: StateStore, other: StateStore, payload: bytes
) -> None:
    """The error carries what stands there, so that the loser need not read."""
    first = write(KEY, b"1")
    store.write([first])
    winner = write(KEY, payload, first.version, expires_at=1_800_000_060)
    other.write([winner])
    with pytest.raises(Conflict) as lost:
        store.write([write(KEY, b"mine", first.version)])
    assert lost.value.winners == {KEY: Record(winner.version, winner.nonce, payload, 1_800_000_060)}
    assert store.read([KEY])[KEY].payload == payload


@pytest.mark.parametrize("expected", [None, 0])
def test_a_first_write_loses_where_something_stands(store: StateStore, expected: int | None) -> None:
    """Who read nothing cannot write over something."""
    store.write([write(KEY, b"1", expected)])
    with pytest.raises(Conflict):
        store.write([write(KEY, b"2", expected)])


def test_a_write_over_what_is_gone_loses_to_nothing(store: StateStore) -> None:
    """A key without an item has version 0 and no payload in the conflict."""
    with pytest.raises(Conflict) as lost:
        store.write([write(KEY, b"1", 17)])
    assert lost.value.winners == {KEY: Record(version=0)}


def test_the_winner_of_a_conflict_is_written_over_without_a_read(store: StateStore) -> None:
    """Whatever the conflict said stands there is what a next write expects."""
    for expected in (17, 18):
        with pytest.raises(Conflict) as lost:
            store.write([write(KEY, LARGE, expected)])
    store.write([write(KEY, LARGE, lost.value.winners[KEY].version)])
    assert store.read([KEY])[KEY].payload == LARGE


def test_a_payload_may_grow_and_shrink(store: StateStore, other: StateStore, place: Place) -> None:
    """Large and small follow each other in any order; objects that nobody points to are deleted."""
    version = None
    for payload in (SMALL, LARGE, LARGE + b"!", SMALL, LARGE, SMALL, SMALL):
        for who in (store, other):
            step = write(KEY, payload, version)
            who.write([step])
            version = step.version
            assert other.read([KEY])[KEY].payload == payload
            assert len(place.objects()) == (1 if place.spills and payload.startswith(LARGE) else 0)


def test_the_same_write_sent_again_counts_as_applied(store: StateStore) -> None:
    """A nonce that stands there already is our own: an earlier try's reply was lost."""
    first = write(KEY, LARGE)
    store.write([first])
    store.write([first])
    assert store.read([KEY])[KEY].version == first.version


# -- several writes at once ----------------------------------------------------------------------


def test_several_writes_are_applied_together(store: StateStore, other: StateStore) -> None:
    """A session and a global of different sizes are one commit."""
    version = None
    for payload in (SMALL, LARGE, LARGE + b"!", SMALL):
        both = [write("S#app#1", payload, version, version=version and version + 1), write("G#app#g", SMALL, version)]
        version = both[0].version
        both[1] = write("G#app#g", SMALL, both[1].expected, version=version)
        store.write(both)
        found = other.read(["S#app#1", "G#app#g"])
        assert [found["S#app#1"].payload, found["G#app#g"].payload] == [payload, SMALL]


def test_one_loser_undoes_all(store: StateStore, place: Place) -> None:
    """None of several writes is applied if one loses; only the losers are told of."""
    first = write("G#app#g", b"1")
    store.write([first])
    with pytest.raises(Conflict) as lost:
        store.write([write("S#app#1", LARGE), write("G#app#g", LARGE, first.version - 1)])
    assert set(lost.value.winners) == {"G#app#g"}
    assert lost.value.winners["G#app#g"].payload == b"1"
    assert set(store.read(["S#app#1", "G#app#g"])) == {"G#app#g"}
    assert place.objects() == []


def test_several_writes_sent_again_count_as_applied(store: StateStore, other: StateStore) -> None:
    """Also when others have written over one of them since."""
    both = [write("S#app#1", LARGE), write("G#app#g", SMALL)]
    store.write(both)
    other.write([write("G#app#g", b"newer", both[1].version)])
    store.write(both)
    assert store.read(["G#app#g"])["G#app#g"].payload == b"newer"


def test_nothing_to_write_is_nothing_done(store: StateStore) -> None:
    """An empty commit is no error."""
    store.write([])


def test_one_key_twice_is_refused(store: StateStore) -> None:
    """Two writes to one key cannot both meet their condition."""
    with pytest.raises(ValueError, match="twice"):
        store.write([write(KEY, b"1"), write(KEY, b"2")])


# -- expiry --------------------------------------------------------------------------------------


def test_what_expired_is_not_served(store: StateStore, clock: Clock) -> None:
    """From its second on, an item is as good as gone, deleted or not."""
    store.write([write(KEY, LARGE, expires_at=int(clock.now) + 60)])
    clock.now += 59.9
    assert KEY in store.read([KEY])
    clock.now += 0.1
    assert store.read([KEY]) == {}
    assert dict(store.scan("")) == {}


def test_a_first_write_over_what_expired_wins(store: StateStore, clock: Clock, place: Place) -> None:
    """An item that expired but is still there does not stand in the way."""
    store.write([write(KEY, LARGE, expires_at=int(clock.now) + 60)])
    clock.now += 60
    anew = write(KEY, LARGE + b"!", expires_at=int(clock.now) + 60)
    store.write([anew])
    assert store.read([KEY])[KEY].payload == LARGE + b"!"
    assert len(place.objects()) == (1 if place.spills else 0)


def test_an_old_reader_cannot_write_over_a_new_session(store: StateStore, other: StateStore, clock: Clock) -> None:
    """Versions never restart, so what was read before the expiry is not mistaken for what came after."""
    first = write(KEY, b"old", expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 60
    other.write([write(KEY, b"new", expires_at=int(clock.now) + 60)])
    with pytest.raises(Conflict):
        store.write([write(KEY, b"old+1", first.version, expires_at=int(clock.now) + 60)])


def test_the_expired_winner_of_a_conflict_keeps_its_version_and_hides_its_payload(
    store: StateStore, clock: Clock
) -> None:
    """What expired is not served by way of a conflict."""
    first = write(KEY, LARGE, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 60
    with pytest.raises(Conflict) as lost:
        store.write([write(KEY, b"2", first.version - 1)])
    winner = lost.value.winners[KEY]
    assert (winner.version, winner.payload) == (first.version, None)
    store.write([write(KEY, b"2", winner.version)])


def test_an_expiry_is_taken_away_by_a_write_without_one(store: StateStore, clock: Clock) -> None:
    """A write says all there is to say about the item."""
    first = write(KEY, SMALL, expires_at=int(clock.now) + 60)
    store.write([first])
    store.write([write(KEY, SMALL, first.version)])
    clock.now += 1_000_000
    assert store.read([KEY])[KEY].expires_at is None


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
def test_a_touch_moves_the_expiry_and_nothing_else(store: StateStore, clock: Clock, payload: bytes) -> None:
    """A session in use lives on, under the same version."""
    first = write(KEY, payload, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 59
    assert store.touch(KEY, first.version, int(clock.now) + 60)
    clock.now += 59
    assert store.read([KEY]) == {KEY: Record(first.version, first.nonce, payload, int(clock.now) + 1)}


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
def test_a_touch_of_anything_else_does_nothing(store: StateStore, clock: Clock, payload: bytes) -> None:
    """An item of another version, an expired one, one without an expiry and none at all are left as they are."""
    later = int(clock.now) + 600
    lasting = write("G#app#g", payload)
    store.write([lasting])
    first = write(KEY, payload, expires_at=int(clock.now) + 60)
    store.write([first])
    assert not store.touch(KEY, first.version + 1, later)
    assert not store.touch("S#app#none", 1, later)
    assert not store.touch("G#app#g", lasting.version, later)
    clock.now += 60
    assert not store.touch(KEY, first.version, later)
    assert store.read([KEY]) == {}
    assert store.read(["G#app#g"])["G#app#g"].expires_at is None


# -- leases --------------------------------------------------------------------------------------


def test_a_lease_is_also_the_read(store: StateStore, clock: Clock) -> None:
    """Who takes the lease gets what stands there, and until when the lease does."""
    first = write(KEY, LARGE)
    store.write([first])
    until = clock.milliseconds + 5_000
    assert store.lock(KEY, new_nonce(), until) == Record(first.version, first.nonce, LARGE, None, until)


def test_a_lease_on_nothing_is_a_record_without_payload(store: StateStore, clock: Clock) -> None:
    """A new session can be locked before anything is written; it still reads as nothing."""
    until = clock.milliseconds + 5_000
    assert store.lock(KEY, new_nonce(), until) == Record(0, leased_until=until)
    assert store.read([KEY]) == {}


@pytest.mark.parametrize("payload", [None, LARGE], ids=["nothing", "something"])
def test_a_lease_shuts_others_out(store: StateStore, other: StateStore, clock: Clock, payload: bytes | None) -> None:
    """While it stands, neither a lease nor a write without it succeeds, and both are told until when."""
    version = 0
    if payload is not None:
        first = write(KEY, payload)
        store.write([first])
        version = first.version
    holder, until = new_nonce(), clock.milliseconds + 5_000
    store.lock(KEY, holder, until)
    with pytest.raises(Conflict) as lost:
        other.lock(KEY, new_nonce(), until)
    assert lost.value.winners[KEY].leased_until == until
    with pytest.raises(Conflict) as lost:
        other.write([write(KEY, b"2", version)])
    winner = lost.value.winners[KEY]
    assert (winner.leased_until, winner.version, winner.payload) == (until, version, payload)
    with pytest.raises(Conflict):
        other.write([write(KEY, b"2", version, holder=new_nonce())])


@pytest.mark.parametrize("expected", [None, 0])
def test_the_holder_writes_and_so_gives_the_lease_back(
    store: StateStore, other: StateStore, clock: Clock, expected: int | None
) -> None:
    """After the holder's write anybody may write again."""
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    first = write(KEY, LARGE, expected, holder=holder)
    store.write([first])
    assert store.read([KEY])[KEY] == Record(first.version, first.nonce, LARGE)
    other.write([write(KEY, b"2", first.version)])


def test_a_lease_is_renewed_by_its_holder(store: StateStore, clock: Clock) -> None:
    """The same holder may take it again, before and after it ran out."""
    holder = new_nonce()
    for _ in range(3):
        clock.now += 3
        until = clock.milliseconds + 2_000
        assert store.lock(KEY, holder, until).leased_until == until


def test_a_dead_holders_lease_runs_out(store: StateStore, other: StateStore, clock: Clock) -> None:
    """From its millisecond on others may write, and the late holder loses."""
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    clock.now += 4.999
    assert _is_locked_out(other, KEY).leased_until is not None
    clock.now += 0.002
    other.write([write(KEY, b"mine")])
    with pytest.raises(Conflict):
        store.write([write(KEY, b"late", 0, holder=holder)])
    assert store.read([KEY])[KEY].payload == b"mine"


def test_a_late_holder_whom_nobody_replaced_still_writes(store: StateStore, clock: Clock) -> None:
    """A lease that ran out unnoticed costs nothing."""
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    clock.now += 60
    store.write([write(KEY, b"late", 0, holder=holder)])
    assert store.read([KEY])[KEY].payload == b"late"


def test_a_lease_that_ran_out_is_taken_by_the_next(store: StateStore, other: StateStore, clock: Clock) -> None:
    """Then the first holder has lost it."""
    first, second = new_nonce(), new_nonce()
    store.lock(KEY, first, clock.milliseconds + 5_000)
    clock.now += 6
    other.lock(KEY, second, clock.milliseconds + 5_000)
    with pytest.raises(Conflict):
        store.write([write(KEY, b"late", 0, holder=first)])
    store.unlock(KEY, first)
    assert _is_locked_out(store, KEY).leased_until is not None


def test_an_unlocked_item_is_free(store: StateStore, other: StateStore, clock: Clock) -> None:
    """A lease can be given back without a write, and that twice."""
    first = write(KEY, SMALL, expires_at=int(clock.now) + 60)
    store.write([first])
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    store.unlock(KEY, holder)
    store.unlock(KEY, holder)
    store.unlock("S#app#none", holder)
    assert store.read([KEY])[KEY] == Record(first.version, first.nonce, SMALL, first.expires_at)
    other.write([write(KEY, b"2", first.version)])


def test_an_unlocked_nothing_is_nothing(store: StateStore, clock: Clock) -> None:
    """After a bare lease the first write is a first write."""
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    store.unlock(KEY, holder)
    assert store.read([KEY]) == {}
    store.write([write(KEY, b"1")])


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("moved", [True, False], ids=["expiry moved", "expiry left"])
def test_a_lease_on_what_expired_gives_its_version_alone(
    store: StateStore, clock: Clock, place: Place, payload: bytes, moved: bool
) -> None:
    """The holder starts from the default; what expired does not come back when the lease is given back."""
    first = write(KEY, payload, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 60
    holder, until = new_nonce(), clock.milliseconds + 5_000
    expires_at = int(clock.now) + 600 if moved else None
    locked = store.lock(KEY, holder, until, expires_at=expires_at)
    assert (locked.version, locked.payload, locked.leased_until) == (first.version, None, until)
    assert place.objects() == []
    store.unlock(KEY, holder)
    assert store.read([KEY]) == {}
    store.lock(KEY, holder, until, expires_at=expires_at)
    second = write(KEY, b"new", locked.version, expires_at=int(clock.now) + 60, holder=holder)
    store.write([second])
    assert store.read([KEY])[KEY] == Record(second.version, second.nonce, b"new", second.expires_at)


def test_a_first_write_over_a_dropped_session_wins(store: StateStore, clock: Clock) -> None:
    """An item of which only the version is left reads as nothing and is written over like nothing."""
    store.write([write(KEY, SMALL, expires_at=int(clock.now) + 60)])
    clock.now += 60
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000, expires_at=int(clock.now) + 600)
    store.unlock(KEY, holder)
    store.write([write(KEY, b"new")])
    assert store.read([KEY])[KEY].payload == b"new"


def test_a_lease_may_move_the_expiry_along(store: StateStore, clock: Clock) -> None:
    """Taking a lease is a use: a session locked in its last second does not end under its holder."""
    first = write(KEY, LARGE, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 59
    locked = store.lock(KEY, new_nonce(), clock.milliseconds + 5_000, expires_at=int(clock.now) + 60)
    assert locked.expires_at == int(clock.now) + 60
    clock.now += 30
    assert store.read([KEY])[KEY].payload == LARGE


def test_a_lease_leaves_a_lasting_item_lasting(store: StateStore, clock: Clock) -> None:
    """Without an expiry to move to, none is made."""
    store.write([write(KEY, SMALL)])
    assert store.lock(KEY, new_nonce(), clock.milliseconds + 5_000).expires_at is None
    clock.now += 1_000_000
    assert store.read([KEY])[KEY].payload == SMALL


def test_a_lease_and_a_free_item_are_written_together(store: StateStore, clock: Clock) -> None:
    """The holder commits its session along with a global."""
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    store.write([write(KEY, LARGE, 0, holder=holder), write("G#app#g", SMALL)])
    assert set(store.read([KEY, "G#app#g"])) == {KEY, "G#app#g"}
    assert store.read([KEY])[KEY].leased_until is None


# -- deleting, counting, listing -----------------------------------------------------------------


def test_what_was_deleted_is_gone(store: StateStore, other: StateStore, place: Place) -> None:
    """Items, numbers and objects go; what is not there is no error."""
    store.write([write(KEY, LARGE), write("S#app#two", SMALL)])
    store.add("N#app#n", 1)
    other.delete([KEY, "N#app#n", "S#app#none"])
    assert set(store.read([KEY, "S#app#two"])) == {"S#app#two"}
    assert store.sums(["N#app#n"]) == {}
    assert place.objects() == []
    store.write([write(KEY, LARGE)])


def test_what_a_scan_gives_can_be_deleted_meanwhile(store: StateStore) -> None:
    """A scan may feed the deletion, as when a prefix is emptied."""
    for number in range(5):
        store.write([write(f"S#app#{number}", SMALL)])
    store.delete(key for key, _ in store.scan("S#app#"))
    assert dict(store.scan("")) == {}


def test_numbers_are_added_up(store: StateStore, other: StateStore) -> None:
    """A number starts at 0 and every addition returns the sum."""
    assert store.add("N#app#n", 5) == 5
    assert other.add("N#app#n", -7) == -2
    assert store.add("N#app#n", 0) == -2
    assert store.add("N#app#m", 1) == 1
    assert other.sums(["N#app#n", "N#app#m", "N#app#none", "N#app#n"]) == {"N#app#n": -2, "N#app#m": 1}
    assert store.sums([]) == {}


def test_a_scan_gives_the_records_of_a_prefix(store: StateStore, clock: Clock) -> None:
    """Each once, with its payload, and nothing of what starts otherwise; numbers are no records."""
    for number in range(7):
        store.write([write(f"S#app#{number}", LARGE if number % 2 else SMALL)])
    store.write([write("S#app2#0", SMALL)])
    store.add("S#app#number", 1)
    found = list(store.scan("S#app#"))
    assert sorted(key for key, _ in found) == [f"S#app#{number}" for number in range(7)]
    assert dict(found)["S#app#3"].payload == LARGE
    assert len(list(store.scan(""))) == 8


def test_a_scan_tells_of_what_cannot_be_read_when_asked(store: StateStore, clock: Clock) -> None:
    """Expired items and bare leases come without a payload."""
    first = write(KEY, LARGE, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 60
    until = clock.milliseconds + 5_000
    store.lock("S#app#bare", new_nonce(), until)
    assert dict(store.scan("S#")) == {}
    assert dict(store.scan("S#", include_expired=True)) == {
        KEY: Record(first.version, first.nonce, None, first.expires_at),
        "S#app#bare": Record(0, leased_until=until),
    }


def test_a_scan_pages_through_many(store: StateStore) -> None:
    """More records than a page holds come whole."""
    for number in range(120):
        store.write([write(f"S#app#{number:03}", SMALL)])
    assert len({key for key, _ in store.scan("S#app#")}) == 120
