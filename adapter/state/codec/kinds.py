"""The sorts of classes whose instances are stored by their parts."""

from __future__ import annotations

import dataclasses
import enum
import sys
from collections import OrderedDict, defaultdict, deque
from types import BuiltinFunctionType, SimpleNamespace
from typing import Any, Final

# Source: https://github.com/python/cpython/blob/3.14/Include/object.h
_DISALLOW_INSTANTIATION = 1 << 7
_HEAP_TYPE = 1 << 9


class Kind(enum.StrEnum):
    """How the instances of a class are taken apart."""

    ENUM = "Enum"
    DATACLASS = "dataclass"
    NAMEDTUPLE = "named tuple"
    MODEL = "pydantic model"
    OBJECT = "plain class"
    SUBCLASS = "subclass of a built-in class"


BASES: Final[tuple[type, ...]] = (
    defaultdict, OrderedDict, dict, list, set, deque, bytearray, SimpleNamespace,
    str, bytes, int, float, complex, tuple, frozenset,
)  # fmt: skip
"""Built-in classes of whose subclasses their content and their attributes are stored; the narrower first."""


def kind_of(cls: type) -> Kind | None:
    """Return the kind of ``cls``; ``None`` where instances hold more than their attributes."""
    if issubclass(cls, enum.Enum):
        return Kind.ENUM
    if is_model(cls):
        return Kind.MODEL
    if issubclass(cls, tuple) and _is_namedtuple(cls):
        return Kind.NAMEDTUPLE
    base = built_in_base(cls)
    if not _holds_only(cls, base or object):
        return None
    if base is not None:
        return None if cls is base else Kind.SUBCLASS
    return Kind.DATACLASS if dataclasses.is_dataclass(cls) else Kind.OBJECT


def built_in_base(cls: type) -> type | None:
    """Return which of `BASES` ``cls`` extends."""
    return next((base for base in BASES if issubclass(cls, base)), None)


def has_own_state(cls: type) -> bool:
    """Return whether ``cls`` says itself what of an instance is kept, by ``__getstate__`` or ``__setstate__``."""
    return any(_is_own(cls, name) for name in ("__getstate__", "__setstate__"))


def _is_own(cls: type, name: str) -> bool:
    for base in cls.__mro__:
        if name in vars(base):
            # Those of dataclasses, pydantic and attrs keep the fields, as we do.
            made_by = str(getattr(vars(base)[name], "__module__", ""))
            return base is not object and made_by.partition(".")[0] not in ("attr", "dataclasses", "pydantic")
    return False


def is_model(cls: type) -> bool:
    """Return whether ``cls`` is a pydantic model; pydantic is asked only if the app imported it."""
    pydantic: Any = sys.modules.get("pydantic")
    base = getattr(pydantic, "BaseModel", None)
    return isinstance(base, type) and issubclass(cls, base)


def _is_namedtuple(cls: type) -> bool:
    fields = getattr(cls, "_fields", None)
    names = isinstance(fields, tuple) and all(isinstance(name, str) for name in fields)
    return names and isinstance(getattr(cls, "_field_defaults", None), dict) and _holds_only(cls, tuple)


def _holds_only(cls: type, base: type) -> bool:
    """Return whether Python classes alone stand between ``cls`` and ``base``: no hidden state of a C type's."""
    for between in cls.__mro__:
        if between in base.__mro__:
            continue
        flags = between.__flags__
        if not flags & _HEAP_TYPE or flags & _DISALLOW_INSTANTIATION:
            return False
        if isinstance(vars(between).get("__new__"), BuiltinFunctionType):
            return False
    return True
