"""Stands for an app's module: it defines classes of every kind that may stand in a State."""

from __future__ import annotations

import enum
import threading
from collections import namedtuple
from dataclasses import dataclass, field
from functools import cached_property
from queue import SimpleQueue
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
