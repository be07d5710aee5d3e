"""One value is one graph of objects, and comes back as one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from random import shuffle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.msgpack import Ext

from adapter.errors import CannotRead, CannotStore
from adapter.state import codec
from adapter.state.codec import codes
from adapter.state.codec.tree import pack
from tests.state.codec import app
from tests.state.codec.graphs import FILLED, MADE, Isomorphism, Recipe, recipes
from tests.state.codec.test_processes import output, python

KINDS = [*FILLED, *MADE]
QUICK = [kind for kind in KINDS if kind != "frame"]
UNORDERED = ["set", "object", "slots", "dataclass", "set", "frozenset", "list", "dict"]


def labelled(recipe: Recipe) -> Recipe:
    """Return ``recipe`` with a label of its own for each object, which tells the members of a set apart."""
    return replace(recipe, objects=tuple((kind, at, parts) for at, (kind, _, parts) in enumerate(recipe.objects)))


def comes_back(recipe: Recipe) -> None:
    """Assert that a graph comes back as it was, and has the same bytes again."""
    value = recipe.build(1)
    payload = codec.encode(value, name="graph")
    back = codec.decode(payload)
    assert Isomorphism().same(value, back)
    assert codec.encode(back, name="graph") == payload


@settings(max_examples=2000, deadline=None)
@given(recipes(QUICK, labels=1).map(labelled))
def test_a_graph_of_objects_comes_back_with_its_shape(recipe: Recipe) -> None:
    """Whatever refers to whatever: what was one object is one, and what were two are two."""
    comes_back(recipe)


@settings(max_examples=100, deadline=None)
@given(recipes([*KINDS, *["frame"] * 5], labels=1).map(labelled))
def test_a_graph_with_frames_comes_back_with_its_shape(recipe: Recipe) -> None:
    """A DataFrame may be referred to from many places, and from its own cells."""
    comes_back(recipe)


@settings(max_examples=500, deadline=None)
@given(recipes(UNORDERED, labels=2), st.integers(2, 9))
def test_equal_graphs_have_equal_bytes(recipe: Recipe, seed: int) -> None:
    """Also where members of sets look alike, and only what refers to them tells them apart."""
    assert codec.encode(recipe.build(1), name="graph") == codec.encode(recipe.build(seed), name="graph")


def test_members_that_only_each_other_tell_apart_have_an_order() -> None:
    """Of four members in three sets, each is like another until one is chosen to be the first."""
    payloads = set()
    for turn in range(40):
        kept = [bytearray(turn * 7) for _ in range(turn)]
        things = [app.Thing() for _ in range(8)]
        shuffle(things)
        first, second = things[:4], things[4:]
        for thing, other in zip(first, second, strict=True):
            thing.parts = other  # type: ignore[attr-defined]
        payloads.add(codec.encode([set(second), set(first), set(first)], name="graph"))
        del kept
    assert len(payloads) == 1


def test_processes_with_different_hash_seeds_give_graphs_the_same_bytes() -> None:
    """Each environment finds the same bytes for the same web of objects in sets."""
    first, second = map(output, [python(CELLS, PYTHONHASHSEED=seed) for seed in ("1", "2")])
    assert first == second
    assert len(first) > 1000


CELLS = """
import sys
from adapter.state import codec
from tests.state.codec import app
from tests.state.codec.samples import SAMPLES
cells = {(row, column): app.Thing(row) for row in range(8) for column in range(8)}
for (row, column), cell in cells.items():
    around = [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]
    cell.around = {cells[place] for place in around if place in cells}
    cell.words = {"a", "b", str(row)}
sys.stdout.buffer.write(codec.encode([set(cells.values()), {"corner": cells[0, 0]}], name="cells"))
"""


# --- what scripts keep


def test_a_piece_is_the_one_in_the_list() -> None:
    """What is changed by one name is changed by the other, in any call after the first store."""
    game = app.Thing()
    game.pieces = [{"done": False}, {"done": False}]  # type: ignore[attr-defined]
    game.current = game.pieces[0]  # type: ignore[attr-defined]
    back: Any = stored(game)
    back.current["done"] = True
    assert back.pieces == [{"done": True}, {"done": False}]
    back = stored(back)
    back.pieces.remove(back.current)
    assert back.pieces == [{"done": False}]


def test_a_tree_knows_its_parents() -> None:
    """A pydantic model that refers back to the one that holds it comes back so."""
    root = app.Tree(label=1)
    root.children = [app.Tree.model_construct(label=2, parent=root, children=[])]
    back = stored(root)
    assert back.children[0].parent is back
    assert back.children[0].model_fields_set == root.children[0].model_fields_set


def test_a_web_of_many_objects_is_not_too_deep() -> None:
    """Cells that know their neighbours, a long chain of nodes both ways: deeper than any stack, and stored."""
    nodes = [app.Thing(n) for n in range(3_000)]
    for before, after in pairwise(nodes):
        before.next, after.previous = after, before  # type: ignore[attr-defined]
    node, count = stored(nodes[0]), 0
    while (following := getattr(node, "next", None)) is not None:
        assert following.previous is node
        node, count = following, count + 1
    assert count == 2_999


def test_pairs_of_cells_may_be_keys() -> None:
    """A frozenset of two cells asks for their hashes, which are their identities, and not for the web around them."""
    cells = [app.Thing(n) for n in range(2_000)]
    walls = {frozenset(pair): n for n, pair in enumerate(pairwise(cells))}
    for one, other in pairwise(cells):
        one.next = other  # type: ignore[attr-defined]
    back = stored({"walls": walls, "cells": cells})
    assert back["walls"][frozenset(back["cells"][7:9])] == 7


def test_members_with_a_hash_of_their_own_have_their_fields_when_they_are_asked() -> None:
    """In sets, in frozensets and as keys, also where they know each other."""
    people = [app.Known(name) for name in "abcd"]
    for person in people:
        person.friends = {other for other in people if other is not person}
    back = stored({"all": people, "pairs": {frozenset(pair): list(pair) for pair in pairwise(people)}})
    for person in back["all"]:
        assert person.friends == set(back["all"]) - {person}
        assert all(any(friend is other for other in back["all"]) for friend in person.friends)
    assert back["pairs"][frozenset(back["all"][:2])][0] is back["all"][0]


def test_a_cycle_that_asks_for_a_hash_too_soon_is_refused_when_it_is_stored() -> None:
    """A frozenset in an object that it holds, hashed by what that has yet to get: ``copy`` cannot make it either."""
    person = app.Known("a")
    person.pairs = {frozenset({person}): person}
    with pytest.raises(CannotStore, match="would ask for what is not there yet"):
        stored(person)


def test_a_chain_of_shared_tuples_has_an_end() -> None:
    """What could be stored and not be read is refused, with its place."""

    def chain(length: int) -> list[Any]:
        links: list[Any] = [([],)]
        for _ in range(length - 1):
            links.append((links[-1],))
        return links

    back = stored(chain(51))
    assert back[-1][0] is back[-2]
    with pytest.raises(CannotStore, match="is nested inside 50 containers"):
        stored(chain(52))


def test_a_web_of_pairs_is_stored_once() -> None:
    """Forty levels of a list that holds the one before twice are forty lists, not 2⁴⁰."""
    web: list[Any] = []
    for _ in range(40):
        web = [web, web]
    payload = codec.encode(web, name="web")
    assert len(payload) < 1_000
    back = codec.decode(payload)
    assert back[0][0] is back[0][1] is back[1][0]


def test_an_object_is_the_one_that_is_a_key() -> None:
    """A dict's key, a set's member and an item of a list may be one object, also one with a hash of its own."""
    place = app.FrozenMember(1, [])
    pair = app.Pair("left", place)
    back = stored({"keys": {pair: 1}, "set": {pair}, "list": [pair, place]})
    found = back["list"][0]
    assert next(iter(back["keys"])) is next(iter(back["set"])) is found
    assert back["keys"][found] == 1
    assert found in back["set"]
    assert found.right is back["list"][1]


def test_a_frozen_dataclass_in_a_cycle_that_is_asked_for_its_hash_has_its_fields() -> None:
    """Sets and dicts come last, when what they hold is whole."""
    holder: dict[Any, Any] = {}
    pair = app.Pair("left", "right")
    holder[pair] = [holder, pair]
    holder["all"] = {pair, app.Pair("a", "b")}
    back = stored(holder)
    assert back[app.Pair("left", "right")][0] is back
    assert app.Pair("a", "b") in back["all"]


def test_constants_are_no_objects() -> None:
    """Whether two places hold one tuple of numbers, date or Enum or two is Python's choice, and changes no byte."""
    at = (1, (2, "x"))
    same_one, equal = [at, at, app.Colour.RED, app.Colour.RED], [at, (1, (2, "".join(["x"]))), *[app.Colour.RED] * 2]
    assert codec.encode(same_one, name="s") == codec.encode(equal, name="s")
    assert bytes([codes.GRAPH]) != codec.encode(same_one, name="s")[2:3]


def test_what_is_not_shared_has_the_bytes_that_it_had() -> None:
    """An object that stands twice in a value leaves the bytes of a value without it alone."""
    value = {"a": [1, {"b": (2, [3])}], "c": {4}}
    assert codec.encode(value, name="s") == pack(
        {"a": [1, {"b": Ext(codes.TUPLE, pack([2, [3]]))}], "c": Ext(codes.SET, pack([4]))}
    )


def test_a_stored_cycle_is_read_for_ever() -> None:
    """These bytes may stand in a table: list 0 holds itself and dict 1, which holds both."""
    value: list[Any] = [1]
    other = {"list": value}
    other["dict"] = other  # type: ignore[assignment]
    value += [value, other]
    payload = bytes.fromhex("c71d7093d471009301d47100d4710182a46c697374d47100a464696374d47101")
    assert codec.encode(value, name="s") == payload
    assert Isomorphism().same(codec.decode(payload), value)


def test_what_is_made_of_itself_is_refused() -> None:
    """An array that is its own element could not be read back; where it stands is said."""
    array = np.empty(1, dtype=object)
    array[0] = array
    with pytest.raises(CannotStore, match=r"\['a'\] is of type numpy\.ndarray and refers back"):
        codec.encode({"a": array}, name="s")


def test_a_cycle_through_functions_of_the_app_is_refused_when_it_is_stored() -> None:
    """What ``decode=`` would be given is not there yet, and a copy that it makes of that would stay empty."""
    wrapped = app.Copied([])
    wrapped.parts.append(wrapped)
    with pytest.raises(CannotStore, match="holds a cycle in which a function of the app, or a hash, would ask"):
        codec.encode([wrapped], name="s")


@pytest.mark.parametrize(
    "body",
    [
        [],
        [Ext(codes.REFERENCE, pack(0))],
        [Ext(codes.REFERENCE, pack(-1)), []],
        [Ext(codes.REFERENCE, pack(1)), []],
        [Ext(codes.REFERENCE, pack("0")), []],
        [Ext(codes.REFERENCE, pack(0)), Ext(codes.REFERENCE, pack(0))],
        [Ext(codes.REFERENCE, pack(0)), Ext(codes.TUPLE, pack([Ext(codes.REFERENCE, pack(0))]))],
        [Ext(codes.REFERENCE, pack(0)), Ext(codes.SET, pack([Ext(codes.REFERENCE, pack(0))]))],
        [Ext(codes.REFERENCE, pack(0)), Ext(codes.DATACLASS, pack([["app", "Thing"], {}]))],
        [Ext(codes.REFERENCE, pack(0)), Ext(codes.DEQUE, pack([Ext(codes.REFERENCE, pack(0)), []]))],
        {"a": 1},
    ],
)
def test_a_reference_to_nowhere_is_refused(body: Any) -> None:
    """Numbers that no object has, objects that are made of themselves or of other things than they say."""
    with pytest.raises(CannotRead):
        codec.decode(pack(Ext(codes.GRAPH, pack(body))))


def test_a_reference_outside_a_graph_is_refused() -> None:
    """There is nothing it could refer to."""
    with pytest.raises(CannotRead, match="refers to an object where there are none"):
        codec.decode(pack(Ext(codes.REFERENCE, pack(0))))


@settings(max_examples=300, deadline=None)
@given(recipes(QUICK, labels=2), st.data())
def test_a_damaged_graph_is_read_or_refused(recipe: Recipe, data: st.DataObject) -> None:
    """Nothing but `CannotRead` comes of it, and it ends."""
    payload = bytearray(codec.encode(recipe.build(1), name="graph"))
    for _ in range(data.draw(st.integers(1, 3))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    with suppress(CannotRead):
        codec.decode(bytes(payload))


def stored(value: Any) -> Any:
    """Return ``value`` as it comes back."""
    return codec.decode(codec.encode(value, name="s"))
