"""Which classes may stand in a payload, and under what name: registered ones, and the app's own.

Nothing is imported to find a class. A registered class is named by its registration; one of the app by
the file that defines it, relative to the app's folder, and its qualified name: that is the same whether
the file runs as ``__main__`` or was imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, overload

from adapter.errors import CannotRead, ConfigurationError
from adapter.state.codec import origin
from adapter.state.codec.kinds import kind_of
from adapter.state.codec.refusal import ELSEWHERE, Refused, type_name
from adapter.state.codec.tree import ATOMS, ENCODERS

_C = TypeVar("_C", bound=type)


@dataclass(frozen=True, slots=True)
class Registration:
    """A class that `register_type` was called for, with its name and, where it has them, its two functions."""

    cls: type
    name: str
    encode: Callable[[Any], Any] | None
    decode: Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A class of the app's own, with what must not have changed for it to be the one that is meant."""

    cls: type
    module: ModuleType
    name: str
    namespace: dict[str, Any]
    outermost: str
    outer: Any

    def is_there(self) -> bool:
        return self.namespace.get(self.outermost) is self.outer and sys.modules.get(self.name) is self.module


_by_name: dict[str, Registration] = {}
_by_class: dict[type, Registration] = {}
_found: dict[tuple[str, str], _Found] = {}


@overload
def register_type(
    cls: _C,
    *,
    name: str | None = ...,
    encode: Callable[[Any], Any] | None = ...,
    decode: Callable[[Any], Any] | None = ...,
) -> _C: ...
@overload
def register_type(
    cls: None = ...,
    *,
    name: str | None = ...,
    encode: Callable[[Any], Any] | None = ...,
    decode: Callable[[Any], Any] | None = ...,
) -> Callable[[_C], _C]: ...
def register_type(
    cls: _C | None = None,
    *,
    name: str | None = None,
    encode: Callable[[Any], Any] | None = None,
    decode: Callable[[Any], Any] | None = None,
) -> _C | Callable[[_C], _C]:
    """Let instances of exactly ``cls`` be stored in a State; also a decorator, ``@register_type``.

    Without functions, a dataclass, Enum, named tuple or pydantic model is stored by its fields and any other
    class by its attributes; it is read back without its ``__init__`` being called.

    Args:
        cls: the class; left out in ``@register_type(name=…)``.
        name: its name in payloads, the qualified name with the module at first. A class that moves or is
            renamed keeps its payloads readable by keeping this name.
        encode: takes an instance, returns something that can be stored.
        decode: takes what ``encode`` returned, returns the instance. With ``encode`` or not at all.

    Returns:
        ``cls``.

    Raises:
        ConfigurationError: another class has the name, or this one cannot be stored so.
    """
    if cls is None:
        return lambda decorated: register_type(decorated, name=name, encode=encode, decode=decode)
    if not isinstance(cls, type):
        raise ConfigurationError(f"register_type() takes a class; {cls!r} is of type {type(cls).__name__}")
    return _register(cls, Registration(cls, name or _default_name(cls), encode, decode))


def _register(cls: _C, entry: Registration) -> _C:
    earlier = _by_name.get(entry.name)
    if earlier is not None and _default_name(earlier.cls) != _default_name(cls):
        raise ConfigurationError(
            f"{type_name(cls)} and {type_name(earlier.cls)} are both registered as {entry.name!r}; "
            f"give one of them another name="
        )
    if cls in BUILT_IN:
        raise ConfigurationError(f"{cls.__name__} needs no register_type(): the codec stores it as it is")
    if (entry.encode is None) != (entry.decode is None):
        raise ConfigurationError(f"{type_name(cls)} has only one of encode= and decode=; give both or neither")
    if entry.encode is None and kind_of(cls) is None:
        raise ConfigurationError(
            f"{type_name(cls)} extends a class that keeps its state elsewhere than in attributes; "
            f"give register_type() encode= and decode="
        )
    _by_name[entry.name] = _by_class[cls] = entry
    for encoders in (ENCODERS, ATOMS):
        encoders.pop(cls, None)
    return cls


BUILT_IN: set[type] = set()
"""What the codec stores by itself; filled once all its modules are there."""


def registration(cls: type) -> Registration | None:
    """Return what ``cls`` was registered with."""
    return _by_class.get(cls)


def registered(name: str) -> Registration:
    """Return the registration under ``name``.

    Raises:
        CannotRead: there is none.
    """
    entry = _by_name.get(name)
    if entry is None:
        raise CannotRead(f"it holds {name!r}, for which register_type() was not called in this process")
    return entry


def reference(cls: type) -> str | list[str]:
    """Return how a payload names ``cls``: the registered name, or file and qualified name.

    Raises:
        Refused: it could not be found again.
    """
    entry = _by_class.get(cls)
    if entry is not None:
        return entry.name
    module = sys.modules.get(cls.__module__)
    tag = origin.tag(module) if module is not None else None
    what = f"is of type {type_name(cls)}"
    if module is None or tag is None:
        raise Refused(f"{what}, which the app does not define itself", f"Call gr.register_type({cls.__name__}).")
    if "<locals>" in cls.__qualname__:
        raise Refused(f"{what}, which is defined inside a function", "Define the class at module level.")
    if _lookup(module, cls.__qualname__) is not cls:
        raise Refused(
            f"{what}, but its module has another {cls.__qualname__} now", f"Give {cls.__name__} its own name."
        )
    if kind_of(cls) is None:  # `find` would not give it back
        raise Refused(
            f"{what}, which has no stored form",
            f"Call gr.register_type({cls.__name__}, encode=…, decode=…), or store something else; {ELSEWHERE}.",
        )
    return [tag, cls.__qualname__]


def is_apps(cls: type) -> bool:
    """Return whether a module of the app defines ``cls``."""
    module = sys.modules.get(cls.__module__)
    return module is not None and origin.tag(module) is not None


def find(ref: Any) -> type:
    """Return the class that `reference` gave ``ref`` for, looking only at what is imported already.

    Raises:
        CannotRead: it is not there, or is not a class of the app's own.
    """
    if isinstance(ref, str):
        return registered(ref).cls
    if not (isinstance(ref, list) and len(ref) == 2 and isinstance(ref[0], str) and isinstance(ref[1], str)):
        raise CannotRead("it has something else where the name of a class belongs")
    key: tuple[str, str] = (ref[0], ref[1])
    known = _found.get(key)
    if known is not None and known.is_there():
        return known.cls
    for module in origin.modules(key[0]):
        cls = _lookup(module, key[1])
        if cls is not None and kind_of(cls) is not None:
            namespace, outermost = origin.namespace(module), key[1].partition(".")[0]
            name = origin.names(module)[0]
            _found[key] = _Found(cls, module, name, namespace, outermost, namespace[outermost])
            return cls
    raise CannotRead(f"it holds the class {key[1]!r} of {key[0]!r}, which the app does not define any more")


def trust_folder(path: str | Path, *, app_module: str | None = None) -> None:
    """Take the modules under ``path`` for the app's own: their classes may be read back from payloads.

    Meant are classes of any kind, in modules that are imported already.
    Installed distributions do not count, also where they lie in the folder. ``__main__`` always counts.

    Args:
        path: the app's folder.
        app_module: the module the app runs as (``"__main__"`` or its name). Where a file was loaded under
            both, the classes of this one are taken.
    """
    origin.trust(Path(path), app_module)
    _found.clear()
    for encoders in (ENCODERS, ATOMS):
        for cls in encoders.keys() - BUILT_IN:  # which may have another name now
            del encoders[cls]


def _lookup(module: ModuleType, qualname: str) -> type | None:
    """Return the class of that name which ``module`` defines itself, running none of its code."""
    names = qualname.split(".")
    found = origin.namespace(module).get(names[0])
    for name in names[1:]:
        found = vars(found).get(name) if isinstance(found, type) else None
    if isinstance(found, type) and found.__qualname__ == qualname and found.__module__ in origin.names(module):
        return found
    return None


def _default_name(cls: type) -> str:
    return f"{origin.module_name(cls.__module__)}.{cls.__qualname__}"
