"""State that all users and all environments share, and what is loaded once per environment."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from adapter.state.codec.tree import RESOLVERS, Encode
from adapter.state.global_handle import GlobalHandle
from adapter.state.json_encoding import teach_json
from adapter.state.proxy import ValueProxy, plain, proxy_class
from adapter.state.transaction import current

T = TypeVar("T")


class GlobalState(ValueProxy, Generic[T]):
    """One value that all users and all execution environments share.

    In a function it behaves like the value itself: ``scores.append(1)``, ``votes.get("tea", 0)``,
    ``visits += 1``, ``isinstance(votes, dict)``. The function works on a private copy, which is committed
    when it returns; if somebody else committed first the function runs again on their value, so its answer
    is right. A function that only reads may be ``max_age_seconds`` behind.

    What the value has none of is the handle's: ``value``, ``get()``, ``set(value)``, ``update(fn)``, ``name``;
    ``get()`` and ``update(fn)`` are so of dicts and sets, too, whose own methods take other arguments. Where the
    value has such a name itself, `global_handle` gives the handle.

    Outside a call (a script, a test, module scope) every operation goes straight to the store.

    Args:
        value: what it holds before anybody writes it; copied deeply, or called.
        name: under which it is kept; the same name is the same state, in every environment.
        max_age_seconds: how old what a reader sees may be.
    """

    __slots__ = ()

    def __new__(cls, value: Callable[[], T] | T, name: str, max_age_seconds: float = 1.0) -> GlobalState[T]:
        kind = None if callable(value) or value is None else _kind(value)
        made: GlobalState[T] = proxy_for(GlobalHandle(value, name, max_age_seconds), kind, cls)
        return made

    if TYPE_CHECKING:
        value: T
        name: str
        max_age_seconds: float

        def __init__(self, value: Callable[[], T] | T, name: str, max_age_seconds: float = 1.0) -> None: ...
        @overload
        def get(self) -> T: ...
        @overload
        def get(self, *arguments: Any, **named: Any) -> Any: ...
        def get(self, *arguments: Any, **named: Any) -> Any: ...
        def set(self, value: T) -> None: ...
        @overload
        def update(self, fn: Callable[[T], T | None], /) -> T: ...
        @overload
        def update(self, *arguments: Iterable[Any], **named: Any) -> None: ...
        def update(self, *arguments: Any, **named: Any) -> Any: ...

    def __getattr__(self, attribute: str) -> Any:
        handle = global_handle(self)
        if attribute in _HANDLE_NAMES:
            return _either(handle, attribute)
        if attribute.startswith("__") and attribute.endswith("__") and current.get() is None:
            raise AttributeError(attribute)  # what copy, inspect and others probe for
        return _of_value(handle, attribute)

    def __setattr__(self, attribute: str, value: Any) -> None:
        handle = global_handle(self)
        if attribute == "value" and not hasattr(handle.sample(), "value"):
            handle.set(value)
        elif not attribute.startswith("__"):  # typing writes some on what it makes
            handle.apply(lambda held: setattr(held, attribute, plain(value)))

    def __delattr__(self, attribute: str) -> None:
        global_handle(self).apply(lambda held: delattr(held, attribute))

    def __repr__(self) -> str:
        handle = global_handle(self)
        return repr(handle) if current.get() is None else repr(handle.get())


def proxy_for(handle: GlobalHandle[Any], kind: type | None, base: Any = GlobalState) -> Any:
    """Return a GlobalState of a handle.

    Args:
        handle: how the store is reached.
        kind: the class of its value, where that is known.
        base: the class that it has beside.
    """
    made = object.__new__(base if kind is None else proxy_class(base, kind))
    object.__setattr__(made, "__stands_for__", handle)
    teach_json()
    return made


def global_handle(state: GlobalState[T]) -> GlobalHandle[T]:
    """Return the handle of a GlobalState, for a value that has a ``get``, ``set``, ``update``, ``value`` or ``name``.

    ``gr.global_handle(settings).set(value)`` replaces the value, whatever ``settings.set`` means.

    Raises:
        TypeError: it is no GlobalState.
    """
    if not isinstance(state, GlobalState):
        raise TypeError(f"{type(state).__name__} has no handle; only a GlobalState has one.")
    handle: GlobalHandle[T] = object.__getattribute__(state, "__stands_for__")
    return handle


_HANDLE_NAMES = frozenset({"value", "get", "set", "update", "name", "max_age_seconds"})
_METHODS = frozenset({"get", "update"})
_ABSENT = object()


def _kind(value: object) -> type:
    return type(value)


def _of_value(handle: GlobalHandle[Any], attribute: str) -> Any:
    """Return the value's attribute; a method outside a call as one that changes the store."""
    found = getattr(handle.get(), attribute)
    if current.get() is not None or not callable(found):
        return found

    def call(*arguments: Any, **named: Any) -> Any:
        return handle.apply(lambda value: getattr(value, attribute)(*arguments, **named))

    return call


def _either(handle: GlobalHandle[Any], attribute: str) -> Any:
    """Return the value's attribute, or the handle's where the value has none of the name."""
    own = getattr(handle.sample(), attribute, _ABSENT)
    if attribute in _METHODS and (own is _ABSENT or callable(own)):
        return _method(handle, attribute)
    return getattr(handle, attribute) if own is _ABSENT else _of_value(handle, attribute)


def _method(handle: GlobalHandle[Any], attribute: str) -> Callable[..., Any]:
    """Return ``get`` or ``update``: the arguments tell whose it is, when they are known."""

    def method(*arguments: Any, **named: Any) -> Any:
        own = getattr(handle.sample(), attribute, None)
        whole = not named and (_can_only_get if attribute == "get" else _can_only_update)(own, arguments)
        if whole or (own is None and handle.kind() is not None):
            return getattr(handle, attribute)(*arguments, **named)
        return _of_value(handle, attribute)(*arguments, **named)

    method.__name__ = attribute
    return method


def _can_only_get(own: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether no arguments can mean the handle's ``get`` only, because the value's takes some, or there is none."""
    if arguments:
        return False
    try:
        inspect.signature(own).bind()
    except TypeError:
        return True
    return False


def _can_only_update(own: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether a function can mean the handle's ``update`` only: dicts, sets and tables take no function."""
    if len(arguments) != 1 or not callable(arguments[0]) or isinstance(arguments[0], Iterable):
        return False
    owner = type(getattr(own, "__self__", None))
    return own is None or issubclass(owner, dict | set) or owner.__module__.partition(".")[0] == "pandas"


def _stored_form(kind: type) -> Encode | None:
    """Return how a GlobalState that stands in another value is stored: as the value that it stands for."""
    return (lambda value, walker, depth: walker.tree(plain(value), depth)) if issubclass(kind, ValueProxy) else None


RESOLVERS.append(_stored_form)


# -- what is loaded once ----------------------------------------------------------------------


def warm(load: Callable[[], T]) -> Callable[[], T]:
    """Return a function that gives ``load()``, called once per execution environment, at first use.

    For what is costly to load and never changes, such as a model: it is shared by all calls of
    one environment and never stored. Safe under threads; a failed load is tried again.
    """
    lock = threading.Lock()
    loaded: list[T] = []

    def get() -> T:
        if not loaded:
            with lock:
                if not loaded:
                    loaded.append(load())
        return loaded[0]

    return get
