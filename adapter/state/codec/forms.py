"""Objects that are made empty and filled after that, so that what they hold may refer back to them.

A graph is read in three steps. Its objects are made as they are referred to; then each is filled with its
parts; last come sets, dicts with keys of other than plain types and ``__setstate__``, which may ask an
object for its hash or its parts: by then all of them have these.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

import msgspec
from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.reading import DECODERS, Decode, decodes, expect_list, unpack, unpack_raws
from adapter.state.codec.tree import is_constant

Fill = Callable[[Any, Any], None]


class Need(enum.IntEnum):
    """What a decoder needs of the objects that it is given."""

    NOTHING = 0
    HASHES = 1
    PARTS = 2


class Form(NamedTuple):
    """How the objects of an extension are read.

    Attributes:
        heads: how many of the first parts ``make`` takes: plain values, or the name of a class.
        make: returns the empty object.
        fill: takes the object and all the parts, also the first.
        lengths: how many parts there may be; empty where the body is no list of parts.
        asks: what ``fill`` needs of the parts, where it does more than to put them into their places. Who asks for
            hashes alone, a set or a dict, is hashed by nobody, and so can wait.
    """

    heads: int
    make: Callable[..., Any]
    fill: Fill
    lengths: tuple[int, ...]
    asks: Need


FORMS: dict[int, Form] = {}
"""By extension. What has none is made of its parts and so cannot stand before them."""


def fills(
    code: int, make: Callable[..., Any], *lengths: int, heads: int = 0, asks: Need = Need.NOTHING
) -> Callable[[Fill], Fill]:
    """Enter a function that fills what ``make`` makes into `FORMS`, and what calls both into `DECODERS`."""

    def enter(fill: Fill) -> Fill:
        form = FORMS[code] = Form(heads, make, fill, lengths, asks)

        def decode(body: memoryview) -> Any:
            parts = _parts(form, body)
            value = make(*parts[:heads]) if heads else make()
            _fill(form, value, parts)
            return value

        DECODERS[code] = decode
        return fill

    return enter


OF_WHOLE_PARTS: set[int] = set()
"""The extensions whose decoders hash their parts, look at them or copy them, and so must be given them filled."""


def decodes_whole(code: int, need: Need = Need.HASHES) -> Callable[[Decode], Decode]:
    """Enter a function into `DECODERS` for the extension ``code``, and this into `OF_WHOLE_PARTS`."""

    def enter(decode: Decode) -> Decode:
        def read(body: memoryview) -> Any:
            reader = _reader.get()
            if reader is None:
                return decode(body)
            with reader.filling(max(reader.need, need)):
                return decode(body)

        DECODERS[code] = read
        OF_WHOLE_PARTS.add(code)
        return decode

    return enter


def fill_last(fill: Fill, value: Any, parts: Any) -> None:
    """Call ``fill`` once the parts are filled themselves: at once, but within a graph."""
    reader = _reader.get()
    if reader is None or reader.need:
        fill(value, parts)
    else:
        reader.last[-1].append((fill, value, parts))


def _parts(form: Form, body: Any) -> Any:
    reader = _reader.get() if form.asks is Need.HASHES else None
    if reader is None or reader.need is not Need.HASHES:
        parts = unpack(body)
    else:
        with reader.filling(Need.NOTHING):
            parts = unpack(body)
    return expect_list(parts, *form.lengths) if form.lengths else parts


def _fill(form: Form, value: Any, parts: Any) -> None:
    reader = _reader.get() if form.asks else None
    can_wait = reader is not None and (
        not reader.need or (reader.need is Need.HASHES is form.asks and not _is_constant(parts))
    )
    if reader is not None and can_wait:
        reader.last[-1].append((form.fill, value, parts))
    else:
        form.fill(value, parts)


def _is_constant(parts: Any) -> bool:
    return isinstance(parts, list) and is_constant(tuple(parts), {})


class _MadeOfItself(CannotRead):
    pass


class _Reader:
    """Reads one graph.

    Attributes:
        last: what has to be filled when all else is; a list for each object, in their order.
        need: whether what is referred to is filled at once, as far as it is not being filled already.
    """

    def __init__(self, objects: list[msgspec.Raw]) -> None:
        self._objects = objects
        self._made: dict[int, Any] = {}
        self._begun: set[int] = set()
        self._waiting: deque[int] = deque()
        self.last: list[list[tuple[Fill, Any, Any]]] = [[]]
        self.need = Need.NOTHING

    def read(self, root: msgspec.Raw) -> Any:
        value = unpack(root)
        while self._waiting:
            self._fill(self._waiting.popleft())
        for some in reversed(self.last):  # what is referred to stands after what refers to it
            for fill, made, parts in some:
                fill(made, parts)
        return value

    def refer(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self._objects):
            raise CannotRead(f"it refers to object {number!r} of {len(self._objects)}")
        if number not in self._made:
            self._make(number)
        if self.need and number not in self._begun and self._is_needed(self._made[number]):
            try:
                self._fill(number)
            except _MadeOfItself:  # it holds what asks for it: it has to do as it is, and is filled later
                self._begun.discard(number)
        return self._made[number]

    def _is_needed(self, value: Any) -> bool:
        """Whether ``value`` is of use only when it is filled; one that is hashed by its identity is so as it is."""
        hashed_by: Any = type(value).__hash__
        return self.need is Need.PARTS or hashed_by is not object.__hash__

    @contextmanager
    def filling(self, need: Need) -> Iterator[None]:
        before, self.need = self.need, need
        try:
            yield
        finally:
            self.need = before

    def _make(self, number: int) -> None:
        raw = self._objects[number]
        empty = _empty(raw)
        if empty is not None:
            self._made[number] = empty[0]
            self._waiting.append(number)
            return
        if number in self._begun:
            raise _MadeOfItself(f"it has an object {number} that is made of itself")
        self._begun.add(number)
        try:
            self._made[number] = unpack(raw)
        except _MadeOfItself:
            self._begun.discard(number)  # it may be made once what asked for it has come into being
            raise

    def _fill(self, number: int) -> None:
        if number in self._begun:
            return
        self._begun.add(number)
        if not self.need:
            self.last.append([])
        raw, value = self._objects[number], self._made[number]
        if type(value) is list:
            value.extend(unpack(raw))
        elif type(value) is dict and not _is_extension(raw):
            value.update(unpack(raw))
        else:
            extension = _unpack_extension(raw)
            form = FORMS[extension.code]
            _fill(form, value, _parts(form, extension.data))


_reader: ContextVar[_Reader | None] = ContextVar("adapter.codec.reader", default=None)
_unpack_extension = msgspec.msgpack.Decoder(Ext).decode


def _empty(raw: msgspec.Raw) -> tuple[Any] | None:
    """Return the object, still empty, that ``raw`` holds; ``None`` where it is made of its parts."""
    first = memoryview(raw)[0]
    if first & 0xF0 == 0x90 or first in (0xDC, 0xDD):
        return ([],)
    if first & 0xF0 == 0x80 or first in (0xDE, 0xDF):
        return ({},)
    if not _is_extension(raw):
        return None
    extension = _unpack_extension(raw)
    form = FORMS.get(extension.code)
    if form is None:
        return None
    if not form.heads:
        return (form.make(),)
    return (form.make(*map(unpack, unpack_raws(extension.data)[: form.heads])),)


def _is_extension(raw: msgspec.Raw) -> bool:
    # Source: https://github.com/msgpack/msgpack/blob/master/spec.md#ext-format-family
    first = memoryview(raw)[0]
    return 0xC7 <= first <= 0xC9 or 0xD4 <= first <= 0xD8


@decodes(codes.GRAPH)
def _read_graph(body: memoryview) -> Any:
    root, *objects = unpack_raws(body)
    reader = _Reader(objects)
    token = _reader.set(reader)
    try:
        return reader.read(root)
    finally:
        _reader.reset(token)


@decodes(codes.REFERENCE)
def _read_reference(body: memoryview) -> Any:
    reader = _reader.get()
    if reader is None:
        raise CannotRead("it refers to an object where there are none")
    return reader.refer(unpack(body))
