"""Stands for an app's module: it defines classes of every kind that may stand in a State."""

from __future__ import annotations

import enum
import threading
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from functools import cached_property
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, RootModel, field_validator

T = TypeVar("T")


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"
    CRIMSON = "red"  # noqa: PIE796 - an alias is meant


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Mode(enum.StrEnum):
    FAST = "fast"


class Right(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    RUN = enum.auto()


class Bits(enum.IntFlag, boundary=enum.KEEP):
    ONE = 1
    TWO = 2


@dataclass
class Point:
    x: float
    y: float = 0.0


@dataclass
class Named:
    name: str = "x"


@dataclass(frozen=True)
class Place:
    name: str
    at: Point = field(compare=False)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    left: T
    right: T


@dataclass
class Person:
    name: str
    friends: list[Person] = field(default_factory=list)
    initial: str = field(init=False)
    visits: int = 0
    later: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.initial = self.name[:1]

    @cached_property
    def shout(self) -> str:
        return self.name.upper()

    class Nested(enum.Enum):
        INNER = 1


@dataclass(slots=True)
class Base:
    a: int


@dataclass(slots=True)
class Derived(Base):
    b: int


@dataclass
class Guarded:
    count: int
    lock: Any = field(default_factory=threading.Lock)


class Row(NamedTuple):
    key: str
    value: int = 0


Old = namedtuple("Old", "a b", defaults=[2])


class Rich(Row):
    @property
    def text(self) -> str:
        return f"{self.key}={self.value}"


class Person2(BaseModel):
    name: str
    tags: set[str] = set()
    colour: Colour = Colour.RED
    _secret: int = PrivateAttr(default=7)


class Team(BaseModel):
    model_config = ConfigDict(extra="allow")
    lead: Person2
    members: list[Person2] = []

    @cached_property
    def size(self) -> int:
        return len(self.members)


class Names(RootModel[list[str]]):
    pass


class Hashed(BaseModel):
    """Its validator does not take its own result, as one that hashes a password does not."""

    password: str

    @field_validator("password")
    @classmethod
    def _hash(cls, value: str) -> str:
        if value.startswith("#"):
            raise ValueError("hashed already")
        return "#" + value[::-1]


class Frozen(BaseModel, frozen=True):
    a: int


class Handle(SimpleQueue[int]):
    """Its state is elsewhere than in its attributes."""


class Text(str):
    __slots__ = ()


def local_class() -> Any:
    """Return an instance of a class that nobody finds again."""

    @dataclass
    class Local:
        a: int = 1

    return Local()


class Thing:
    """An object that is equal to itself alone, and may stand in sets."""

    def __init__(self, label: int = 0) -> None:
        self.label = label


class SlottedThing:
    __slots__ = ("label", "parts")

    def __init__(self, label: int = 0) -> None:
        self.label = label


@dataclass(eq=False)
class Member:
    label: int = 0
    parts: Any = None


@dataclass(frozen=True, eq=False)
class FrozenMember:
    label: int
    parts: list[Any]


@dataclass(slots=True)
class Nothing:
    pass


class Tree(BaseModel):
    label: int = 0
    parent: Tree | None = None
    children: list[Tree] = []
    _parts: Any = PrivateAttr(default=None)


class Holder(NamedTuple):
    label: int
    parts: Any


class Wrapped:
    """Is stored by functions of its own."""

    def __init__(self, parts: Any) -> None:
        self.parts = parts


class Copied(Wrapped):
    """Is made of a copy of what was stored."""


class Inventory(dict[str, Any]):
    """Counts what its own methods are called for, which reading must not."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.sets = 0

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.sets += 1

    def __iter__(self) -> Any:
        raise NotImplementedError

    keys = items = __iter__


class Stack(list[Any]):
    name = ""

    def append(self, value: Any) -> None:
        raise NotImplementedError

    extend = append
    __iter__ = None  # type: ignore[assignment]


class Tags(set[Any]):
    owner: Any = None


class Line(deque[Any]):
    note = ""


class Ordered(OrderedDict[str, int]):
    pass


class Groups(defaultdict[str, list[int]]):
    pass


class Tally(Counter[str]):
    pass


class Options(SimpleNamespace):
    pass


class Buffer(bytearray):
    pass


class Blob(bytes):
    pass


class Age(int):
    note = ""


class Ratio(float):
    def __str__(self) -> str:
        return "about"


class Wave(complex):
    pass


class Trio(tuple[Any, ...]):
    note = ""


class Group(frozenset[Any]):
    pass


class Note(str):
    author = ""

    def __str__(self) -> str:
        return "a note"


class Locked:
    """Leaves its lock out of what is kept, as Python's own words for it say."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        return {name: part for name, part in vars(self).items() if name != "lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.lock = threading.Lock()


class LockedSlots:
    __slots__ = ("count", "lock")

    def __init__(self, count: int) -> None:
        self.count = count
        self.lock = threading.Lock()

    def __getstate__(self) -> Any:
        return (None, {"count": self.count})


@dataclass
class LockedRecord:
    count: int
    lock: Any = field(default_factory=threading.Lock, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return {"count": self.count}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]


class LockedModel(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    count: int
    lock: Any = None

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        return state | {"__dict__": {**state["__dict__"], "lock": None}}


class LockedDict(dict[str, Any]):
    def __init__(self) -> None:
        self.lock = threading.Lock()

    def __getstate__(self) -> Any:
        return None

    def __setstate__(self, state: Any) -> None:
        raise NotImplementedError


class Restored:
    """Says only how it is restored."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, restored=True)


class Reduced:
    """Its ``__reduce__`` is never asked."""

    def __init__(self) -> None:
        self.count = 1

    def __reduce__(self) -> Any:
        raise NotImplementedError


def score(hand: list[int], bonus: int = 0) -> int:
    """Return what a hand counts."""
    return sum(hand) + bonus


class Rules:
    @staticmethod
    def double(value: int) -> int:
        return 2 * value

    def method(self) -> int:
        return 1


nameless = lambda value: value  # noqa: E731 - what a script may do


class Known:
    """Is told apart by its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.friends: set[Known] = set()
        self.pairs: dict[frozenset[Known], Known] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)
