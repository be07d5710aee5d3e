"""The sorts of classes whose instances are stored by their parts."""

from __future__ import annotations

import dataclasses
import enum
import sys
from types import BuiltinFunctionType
from typing import Any

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


def kind_of(cls: type) -> Kind | None:
    """Return the kind of ``cls``; ``None`` where instances hold more than their attributes."""
    if issubclass(cls, enum.Enum):
        return Kind.ENUM
    if is_model(cls):
        return Kind.MODEL
    if issubclass(cls, tuple):
        return Kind.NAMEDTUPLE if _is_namedtuple(cls) else None
    if not _holds_only(cls, object):
        return None
    return Kind.DATACLASS if dataclasses.is_dataclass(cls) else Kind.OBJECT


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
        if between in (base, object):
            continue
        flags = between.__flags__
        if not flags & _HEAP_TYPE or flags & _DISALLOW_INSTANTIATION:
            return False
        if isinstance(vars(between).get("__new__"), BuiltinFunctionType):
            return False
    return True
