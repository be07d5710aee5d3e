"""What every store promises to whoever looks after it: lists without payloads, numbers, and what is left behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapter.errors import StoreError
from adapter.state.stores.base import Record, StateStore, new_nonce
from adapter.state.stores.overflow import S3Overflow
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, Place, write

KEY = "S#app#one"
LATER = 4_000_000_000.0
"""Unix seconds after any object was put."""


# -- lists ---------------------------------------------------------------------------------------


def test_a_scan_without_payloads_gives_all_else(store: StateStore, clock: Clock) -> None:
    """The same records as with them, whatever their size."""
    small, large = write("S#app#small", SMALL, expires_at=int(clock.now) + 60), write("S#app#large", LARGE)
    store.write([small])
    store.write([large])
    store.lock("S#app#bare", new_nonce(), clock.milliseconds + 5_000)
    full = dict(store.scan("S#"))
    assert set(full) == {"S#app#small", "S#app#large"}
    bare = {key: replace(record, payload=None) for key, record in full.items()}
    assert dict(store.scan("S#", payloads=False)) == bare


def test_a_scan_without_payloads_tells_of_what_cannot_be_read_when_asked(store: StateStore, clock: Clock) -> None:
    """Expired items and bare leases are left out of the one and stand in the other."""
    first = write(KEY, LARGE, expires_at=int(clock.now) + 60)
    store.write([first])
    clock.now += 60
    until = clock.milliseconds + 5_000
    store.lock("S#app#bare", new_nonce(), until)
    assert dict(store.scan("", payloads=False)) == {}
    assert dict(store.scan("", payloads=False, include_expired=True)) == {
        KEY: Record(first.version, first.nonce, None, first.expires_at),
        "S#app#bare": Record(0, leased_until=until),
    }


def test_numbers_are_listed_by_prefix(store: StateStore) -> None:
    """Each once, page after page; records are no numbers."""
    for number in range(120):
        store.add(f"C#app#n#{number}", number - 60)
    store.add("C#app2#n#0", 1)
    store.write([write("C#app#record", SMALL)])
    assert sorted(store.numbers("C#app#")) == sorted((f"C#app#n#{number}", number - 60) for number in range(120))
    assert len(list(store.numbers(""))) == 121


# -- deleting what is as it was ------------------------------------------------------------------


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("lasting", [True, False], ids=["lasting", "expired"])
def test_what_is_as_it_was_is_deleted(
    store: StateStore, other: StateStore, clock: Clock, place: Place, payload: bytes, lasting: bool
) -> None:
    """Its object goes with it, and a second time there is nothing to do."""
    store.write([write(KEY, payload, expires_at=None if lasting else int(clock.now) + 60)])
    clock.now += 60
    seen = dict(other.scan("", include_expired=True))[KEY]
    assert other.delete_unchanged(KEY, seen)
    assert not other.delete_unchanged(KEY, seen)
    assert dict(store.scan("", include_expired=True)) == {}
    assert place.objects() == []


def test_what_was_written_or_touched_since_stays(store: StateStore, other: StateStore, clock: Clock) -> None:
    """A session that came back to life between the look and the deletion is not lost."""
    later = int(clock.now) + 60
    first = write(KEY, LARGE, expires_at=later)
    store.write([first])
    seen = store.read([KEY])[KEY]
    assert other.touch(KEY, first.version, later + 60)
    assert not store.delete_unchanged(KEY, seen)
    clock.now += 120
    seen = dict(store.scan("", include_expired=True))[KEY]
    other.write([write(KEY, LARGE, expires_at=seen.expires_at)])
    assert not store.delete_unchanged(KEY, seen)
    anew = write(KEY, LARGE + b"!", dict(store.scan("", include_expired=True))[KEY].version, expires_at=later + 600)
    other.write([anew])
    assert store.read([KEY])[KEY].payload == LARGE + b"!"


def test_what_is_leased_stays(store: StateStore, other: StateStore, clock: Clock) -> None:
    """Until the lease is over; a bare lease that ended goes as well."""
    store.write([write(KEY, LARGE)])
    until = clock.milliseconds + 5_000
    store.lock(KEY, new_nonce(), until)
    store.lock("S#app#bare", new_nonce(), until)
    leased = dict(store.scan("", include_expired=True))
    assert not any(other.delete_unchanged(key, seen) for key, seen in leased.items())
    clock.now += 6
    ended = dict(store.scan("", include_expired=True))
    assert all(other.delete_unchanged(key, seen) for key, seen in ended.items())
    assert dict(store.scan("", include_expired=True)) == {}


# -- what broke off ------------------------------------------------------------------------------


def test_a_sweep_finds_nothing_where_all_is_in_use(store: StateStore, place: Place) -> None:
    """What an item points to is never swept, also when it lasts and when it expires."""
    store.write([write(KEY, LARGE, expires_at=int(place.clock.now) + 60), write("G#app#g", LARGE)])
    assert list(store.sweep(LATER)) == []
    assert {record.payload for _, record in store.scan("")} == {LARGE}


def test_a_sweep_deletes_what_no_item_points_to(remote: Aws) -> None:
    """Once it is old enough, and not before; first it may be only told of."""
    store = remote.store(Clock(), spilling=True)
    store.write([write("G#app#g", LARGE)])
    kept = remote.objects()
    overflow = S3Overflow(remote.s3, remote.bucket)
    strays = {overflow.name(remote.table, KEY, 1, b"n" * 12, expires=expires) for expires in (True, False)}
    for name in strays:
        overflow.put(name, LARGE)
    assert list(store.sweep(0.0)) == []
    assert dict(store.sweep(LATER, remove=False)) == dict.fromkeys(strays, len(LARGE))
    assert set(remote.objects()) == {*kept, *strays}
    assert dict(store.sweep(LATER)) == dict.fromkeys(strays, len(LARGE))
    assert remote.objects() == kept
    assert list(store.sweep(LATER)) == []


def test_a_sweep_leaves_another_tables_objects_alone(remote: Aws) -> None:
    """Two tables may share a bucket."""
    overflow = S3Overflow(remote.s3, remote.bucket)
    names = {
        overflow.name(table, KEY, 1, b"n" * 12, expires=False)
        for table in ("another", f"{remote.table}-2", remote.table[:-1])
    }
    for name in names:
        overflow.put(name, LARGE)
    assert list(remote.store(Clock(), spilling=True).sweep(LATER)) == []
    assert set(remote.objects()) == names


def test_a_sweep_without_a_bucket_finds_nothing(remote: Aws) -> None:
    """There is nowhere to look."""
    assert list(remote.store(Clock()).sweep(LATER)) == []


def test_a_sweep_of_a_bucket_that_is_not_there_says_so(remote: Aws) -> None:
    """With the right that it takes."""
    store = remote.store(Clock(), overflow=S3Overflow(remote.s3, "no-such-bucket"))
    with pytest.raises(StoreError, match=r"s3:ListBucket on bucket 'no-such-bucket' .* was refused: NoSuchBucket"):
        list(store.sweep(LATER))
