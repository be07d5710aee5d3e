"""NumPy's generators of random numbers: they go on where they were."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, Refused
from adapter.state.codec.tree import RESOLVERS, Encode, Walker, pack

_BIT_GENERATORS = frozenset({"MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"})


def _resolve(kind: type) -> Encode | None:
    random: Any = sys.modules.get("numpy.random")
    if random is None or kind.__module__.partition(".")[0] != "numpy":
        return None
    if kind is random.Generator:
        return _generator
    if kind is random.RandomState:
        return _random_state
    return _bit_generator if kind.__name__ in _BIT_GENERATORS and issubclass(kind, random.BitGenerator) else None


RESOLVERS.append(_resolve)


def _bit_generator(value: Any, walker: Walker, depth: int) -> Ext:
    """Keep the seed with the state: it is what ``spawn()`` makes other generators of."""
    seed = value.seed_seq
    if type(seed) is not sys.modules["numpy.random"].SeedSequence:
        raise Refused(f"has a seed of type {type(seed).__name__}", "Make it by numpy.random.default_rng(seed).")
    entropy = walker.part(seed.entropy, (ATTRIBUTE, "entropy"), depth)
    seeds = [entropy, list(seed.spawn_key), seed.pool_size, seed.n_children_spawned]
    state = walker.own(value.state, (ATTRIBUTE, "state"), depth)
    return Ext(codes.BIT_GENERATOR, pack([type(value).__name__, state, seeds]))


@decodes(codes.BIT_GENERATOR)
def _read_bit_generator(body: memoryview) -> Any:
    random: Any = importlib.import_module("numpy.random")
    name, state, (entropy, key, size, spawned) = unpack_list(body, 3)
    if name not in _BIT_GENERATORS:
        raise CannotRead(f"it has {name!r} where a generator of random bits belongs")
    seed = random.SeedSequence(entropy, spawn_key=tuple(key), pool_size=size, n_children_spawned=spawned)
    made = getattr(random, name)(seed)
    made.state = expect(state, dict)
    return made


def _generator(value: Any, walker: Walker, depth: int) -> Ext:
    return Ext(codes.GENERATOR, pack([walker.part(value.bit_generator, (ATTRIBUTE, "bit_generator"), depth)]))


@decodes(codes.GENERATOR)
def _read_generator(body: memoryview) -> Any:
    random: Any = importlib.import_module("numpy.random")
    (bits,) = unpack_list(body, 1)
    return random.Generator(bits)


def _random_state(value: Any, walker: Walker, depth: int) -> Ext:
    state = walker.own(value.get_state(legacy=False), (ATTRIBUTE, "state"), depth)
    return Ext(codes.RANDOM_STATE, pack([state]))


@decodes(codes.RANDOM_STATE)
def _read_random_state(body: memoryview) -> Any:
    random: Any = importlib.import_module("numpy.random")
    (state,) = unpack_list(body, 1)
    name = expect(state, dict).get("bit_generator")
    if name not in _BIT_GENERATORS:
        raise CannotRead(f"it has {name!r} where a generator of random bits belongs")
    made = random.RandomState(getattr(random, name)(0))
    made.set_state(state)
    return made
