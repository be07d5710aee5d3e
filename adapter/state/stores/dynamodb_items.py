"""An item in the table and in Python, and the expressions that move one to the next.

    pk                S   the key
    v                 N   version
    w                 B   nonce of the last write
    r                 B   the last writes, see `recent`
    x                 N   expiry, Unix seconds; the table's TTL attribute
    d                 B   the payload, or
    k, t              S N the object that holds it, and the Unix second it was put there
    lk, lx            B N under a lease: its holder, and its end in Unix milliseconds
    n                 N   a number, instead of v and all that follows it
    r0, r1, r2, r3    BS  the calls that added to the number, each for ten minutes

The last writes, because between a write whose reply was lost and the retry of it others may have
written on top of it. Additions are not read before they are made, so nobody can write the whole
list of them: sets take turns, by the clock. An earlier version kept the nonces of the three writes
before the last as w1, w2 and w3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapter.state.stores.base import Record, Write
from adapter.state.stores.items import Item, milliseconds

Attributes = Mapping[str, Any]
"""An item as DynamoDB's client gives and takes it: ``{"v": {"N": "1"}}``."""

_WHOLE = re.compile(r"-?[0-9]+")

NONCES = ("w", "w1", "w2", "w3")

CALLS = ("r0", "r1", "r2", "r3")

TRIES = 5
"""How often one step is tried against others who get in between."""

LEASE_IS_FREE = "(attribute_not_exists(lk) OR lx <= :ms)"
NOTHING_TO_READ = "((attribute_not_exists(d) AND attribute_not_exists(k)) OR x <= :now)"

IS_RECORD = "attribute_exists(v)"
HAS_PAYLOAD = "attribute_exists(v) AND (attribute_exists(d) OR attribute_exists(k))"
IS_NUMBER = "attribute_exists(n)"
HEAD = "pk, v, w, x, lk, lx"
"""What there is to know of an item but its payload and the way to it."""


def number(value: int) -> dict[str, str]:
    """Return a whole number as an attribute."""
    return {"N": str(value)}


def key_of(key: str) -> dict[str, dict[str, str]]:
    """Return the primary key of the item under ``key``."""
    return {"pk": {"S": key}}


def item_of(found: Attributes) -> Item:
    """Return what the attributes of one item say."""

    def whole(name: str) -> int | None:
        return int(found[name]["N"]) if name in found else None

    return Item(
        version=whole("v") or 0,
        nonces=tuple(bytes(found[name]["B"]) for name in NONCES if name in found),
        payload=bytes(found["d"]["B"]) if "d" in found else None,
        expires_at=whole("x"),
        holder=bytes(found["lk"]["B"]) if "lk" in found else None,
        leased_until=whole("lx"),
        pointer=found["k"]["S"] if "k" in found else None,
        put_at=whole("t"),
        recent=bytes(found["r"]["B"]) if "r" in found else b"",
    )


_TYPES = dict.fromkeys((*NONCES, "r", "d", "lk"), "B") | dict.fromkeys(("v", "x", "t", "lx", "n"), "N")
_TYPES |= {"pk": "S", "k": "S"} | dict.fromkeys(CALLS, "BS")


def is_item(found: Any, key: str | None = None) -> bool:
    """Whether what DynamoDB answered is an item, or the attributes of one that were asked for.

    Args:
        found: as its client gives it.
        key: under which the whole item was asked for; ``None`` for a part of any item.
    """
    if not isinstance(found, Mapping) or not all(_is_attribute(name, value) for name, value in found.items()):
        return False
    return key is None or (found.get("pk") == {"S": key} and ("v" in found or "n" in found))


def _is_attribute(name: str, value: Any) -> bool:
    kind = _TYPES.get(name)
    if kind is None:
        return True  # a later version's
    if not isinstance(value, Mapping) or set(value) != {kind}:
        return False
    content = value[kind]
    if kind == "N":
        return isinstance(content, str) and _WHOLE.fullmatch(content) is not None
    if kind == "BS":
        return isinstance(content, list) and all(isinstance(one, bytes) for one in content)
    return isinstance(content, bytes if kind == "B" else str)


@dataclass(slots=True)
class Update:
    """The parameters of one UpdateItem, or of one Update in a TransactWriteItems."""

    key: str
    sets: list[str] = field(default_factory=list)
    removes: list[str] = field(default_factory=list)
    adds: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def parameters(self, table: str) -> dict[str, Any]:
        """Return them; a condition that fails hands back the item it failed on."""
        clauses = {"SET": self.sets, "REMOVE": self.removes, "ADD": self.adds}
        return {
            "TableName": table,
            "Key": key_of(self.key),
            "UpdateExpression": " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts),
            "ConditionExpression": " AND ".join(self.conditions),
            "ExpressionAttributeValues": self.values,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def commit(write: Write, *, pointer: str | None, replaces: str | None, now: float) -> Update:
    """Return the update that applies ``write``.

    Args:
        write: what to keep, and under which conditions.
        pointer: the object that holds the payload already; ``None`` keeps it in the item.
        replaces: the object that the item is believed to point to. It is part of the
            condition, so that a success names the object that nobody needs any more.
        now: Unix seconds.
    """
    update = Update(
        write.key,
        sets=["v = :v", "w = :w", "r = :r"],
        removes=["lk", "lx", *NONCES[1:]],
        values={
            ":v": number(write.version),
            ":w": {"B": write.nonce},
            ":r": {"B": write.record(now).recent},
        },
    )
    if pointer is None:
        update.sets.append("d = :d")
        update.removes += ["k", "t"]
        update.values[":d"] = {"B": write.payload}
    else:
        update.sets += ["k = :k", "t = :t"]
        update.removes.append("d")
        update.values |= {":k": {"S": pointer}, ":t": number(int(now))}
    if write.expires_at is None:
        update.removes.append("x")
    else:
        update.sets.append("x = :x")
        update.values[":x"] = number(write.expires_at)
    _require(update, write, replaces=replaces, now=now)
    return update


def _require(update: Update, write: Write, *, replaces: str | None, now: float) -> None:
    if write.holder is None:
        update.conditions.append(LEASE_IS_FREE)
        update.values[":ms"] = number(milliseconds(now))
    else:
        update.conditions.append("lk = :lk")
        update.values[":lk"] = {"B": write.holder}
    if write.expected:
        update.conditions.append("v = :expected")
        update.values[":expected"] = number(write.expected)
    else:
        update.conditions.append(NOTHING_TO_READ)
        update.values[":now"] = number(int(now))
    if replaces is None:
        update.conditions.append("attribute_not_exists(k)")
    else:
        update.conditions.append("k = :replaces")
        update.values[":replaces"] = {"S": replaces}


def lease(key: str, holder: bytes, until: int, *, expires_at: int | None, now: float, expired: bool) -> Update:
    """Return the update that takes or renews a lease.

    Args:
        key: the item's key.
        holder: who takes it.
        until: Unix milliseconds.
        expires_at: Unix seconds; ``None`` leaves the expiry of a live item alone.
        now: Unix seconds.
        expired: whether it is for an item whose time is up. Then what it held goes, since DynamoDB
            may delete an expired item at any moment, lease and all.
    """
    update = Update(
        key,
        sets=["lk = :lk", "lx = :lx", "v = if_not_exists(v, :zero)"],
        conditions=["(attribute_not_exists(lk) OR lx <= :ms OR lk = :lk)"],
        values={
            ":lk": {"B": holder},
            ":lx": number(until),
            ":zero": number(0),
            ":ms": number(milliseconds(now)),
            ":now": number(int(now)),
        },
    )
    if expires_at is not None:
        update.sets.append("x = :x")
        update.values[":x"] = number(expires_at)
    if expired:
        update.removes += ["d", "k", "t"] + (["x"] if expires_at is None else [])
        update.conditions.append("x <= :now")
    else:
        update.conditions.append("(attribute_not_exists(x) OR x > :now)")
    return update


def release(key: str, holder: bytes) -> Update:
    """Return the update that gives a lease back."""
    return Update(key, removes=["lk", "lx"], conditions=["lk = :lk"], values={":lk": {"B": holder}})


def touch(key: str, version: int, expires_at: int, *, now: float, put_after: int) -> Update:
    """Return the update that moves an expiry, unless the item's object was put at ``put_after`` or before."""
    return Update(
        key,
        sets=["x = :x"],
        conditions=["v = :v", "x > :now", "(attribute_not_exists(t) OR t > :put_after)"],
        values={
            ":x": number(expires_at),
            ":v": number(version),
            ":now": number(int(now)),
            ":put_after": number(put_after),
        },
    )


def repoint(key: str, item: Item, pointer: str, *, expires_at: int, now: float) -> Update:
    """Return the update that moves an expiry and points to ``pointer``, a copy of the item's object."""
    return Update(
        key,
        sets=["x = :x", "k = :k", "t = :t"],
        conditions=["v = :v", "k = :replaces", "x > :now"],
        values={
            ":x": number(expires_at),
            ":k": {"S": pointer},
            ":t": number(int(now)),
            ":v": number(item.version),
            ":replaces": {"S": item.pointer},
            ":now": number(int(now)),
        },
    )


def is_unchanged(seen: Record, *, now: float) -> dict[str, Any]:
    """Return the condition that an item still is what was ``seen`` and is not leased."""
    conditions = ["v = :v", LEASE_IS_FREE]
    values = {":v": number(seen.version), ":ms": number(milliseconds(now))}
    if seen.expires_at is None:
        conditions.append("attribute_not_exists(x)")
    else:
        conditions.append("x = :x")
        values[":x"] = number(seen.expires_at)
    return {
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
