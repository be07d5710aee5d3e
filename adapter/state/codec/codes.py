"""The numbers of the MessagePack extension types: the payload format.

A number is never given another meaning and a body never another shape: a payload may be read by a
version of the adapter that is years younger. New shapes get new numbers. ``tests/state/payloads``
holds a payload of each.
"""

from __future__ import annotations

from typing import Final

TUPLE: Final = 1
SET: Final = 2
FROZENSET: Final = 3
DICT: Final = 4  # with a key that MessagePack does not hold: key, value, key, value, …
INT: Final = 5  # over 64 bits: big-endian two's complement
STR: Final = 6  # with lone surrogates: UTF-8 with the surrogates passed through
BYTEARRAY: Final = 7
COMPLEX: Final = 8
RANGE: Final = 9
SLICE: Final = 10

DATETIME: Final = 16
DATE: Final = 17
TIME: Final = 18
TIMEDELTA: Final = 19
TIMEZONE: Final = 20
ZONEINFO: Final = 21

DECIMAL: Final = 24
UUID: Final = 25
PATH: Final = 26
TEXT: Final = 27  # of the standard library, by its text
PATTERN: Final = 28
RANDOM: Final = 29
FUNCTION: Final = 30
PARTIAL: Final = 31

DEQUE: Final = 32
DEFAULTDICT: Final = 33
ORDEREDDICT: Final = 34
COUNTER: Final = 35
DEFAULTDICT_BY: Final = 36  # whose default is made by a function
NAMESPACE: Final = 37  # of the standard library, by its attributes
PARTS: Final = 38  # of the standard library, by plain values

ENUM: Final = 48
DATACLASS: Final = 49
NAMEDTUPLE: Final = 50
MODEL: Final = 51
OBJECT: Final = 52
CUSTOM: Final = 53
STATE: Final = 54  # by what ``__getstate__`` returned
SUBCLASS: Final = 55  # of a built-in container
SUBVALUE: Final = 56  # of a text or a number
SUBTUPLE: Final = 57  # of a tuple or a frozenset

NDARRAY: Final = 64
NUMPY_SCALAR: Final = 65
BIT_GENERATOR: Final = 66
GENERATOR: Final = 67
RANDOM_STATE: Final = 68

DATAFRAME: Final = 80
SERIES: Final = 81
INDEX: Final = 82
PANDAS_ARRAY: Final = 83
PANDAS_SCALAR: Final = 84

IMAGE: Final = 96

GRAPH: Final = 112  # a value whose parts refer to each other: the value, then each object that is referred to
REFERENCE: Final = 113  # within a graph: the number of an object
