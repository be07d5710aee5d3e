"""``cache`` and ``Cache``: results that an execution environment keeps in its memory.

Nothing of it is shared between environments, and an environment that ends forgets it: it saves
time, and no answer may depend on it. What must be remembered is State.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import inspect
import sys
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar, overload

from adapter.errors import CannotStore, ConfigurationError
from adapter.files.sizes import in_bytes
from adapter.state.codec import encode
from adapter.state.transaction import current

Function = Callable[..., Any]
_Function = TypeVar("_Function", bound=Function)

MOST_WRAPPERS = 1024
"""Functions for which ``cache(fn)`` finds what it made before; those used longest ago are forgotten."""


class Memory:
    """A mapping of a limited size; what was used longest ago goes first.

    Args:
        max_size: entries; 0 for any number.
        max_bytes: of all entries together; ``None`` for any number.
        per_session: whether each session sees only what it has put in itself.
    """

    def __init__(self, *, max_size: int, max_bytes: int | None, per_session: bool) -> None:
        self._max_size = max_size
        self._max_bytes = max_bytes
        self._per_session = per_session
        self._entries: OrderedDict[tuple[Any, str], tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Any:
        """Return what is kept under ``key``; ``None`` for nothing."""
        name = (self._session(), key)
        with self._lock:
            if name not in self._entries:
                return None
            self._entries.move_to_end(name)
            return self._entries[name][0]

    def put(self, key: str, entry: Any) -> None:
        """Keep ``entry``, and forget what there is no more room for."""
        name = (self._session(), key)
        size = 0 if self._max_bytes is None else size_of(entry)
        with self._lock:
            self._bytes += size - self._entries.pop(name, (None, 0))[1]
            self._entries[name] = (entry, size)
            while self._is_full():
                self._bytes -= self._entries.popitem(last=False)[1][1]

    def entries(self) -> list[Any]:
        """Return all that this session sees, what was used longest ago first."""
        session = self._session()
        with self._lock:
            return [entry for (owner, _), (entry, _) in self._entries.items() if owner == session]

    def clear(self) -> None:
        """Forget everything, of all sessions."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def _is_full(self) -> bool:
        if self._max_size and len(self._entries) > self._max_size:
            return True
        return self._max_bytes is not None and self._bytes > self._max_bytes and len(self._entries) > 1

    def _session(self) -> Any:
        """Return whose entries are seen: a session's, of the app whose call runs."""
        transaction = current.get()
        if not self._per_session or transaction is None or transaction.session is None:
            return None
        return transaction.warm_store, transaction.session.digest()


class Cache:
    """What a function keeps for its next calls: give it as a parameter's default, and it is filled in.

        def answer(prompt, kept=gr.Cache()):
            found = kept.get(prompt)

    Args:
        max_size: entries; 0 for any number.
        max_memory: of all entries together, in bytes or such as "512mb"; ``None`` for any number.
        per_session: whether each session sees only what it has put in itself.
    """

    def __init__(self, *, max_size: int = 128, max_memory: str | int | None = None, per_session: bool = False) -> None:
        self._memory = Memory(max_size=max_size, max_bytes=in_bytes("max_memory", max_memory), per_session=per_session)

    def get(self, key: Any) -> dict[str, Any] | None:
        """Return what `set` was given under an equal key; ``None`` for nothing."""
        entry = self._memory.get(digest(key))
        return None if entry is None else dict(entry[1])

    def set(self, key: Any, **data: Any) -> None:
        """Keep ``data`` under ``key``: any value of which a State can be made, or that has a hash."""
        self._memory.put(digest(key), (key, data))

    def keys(self) -> list[Any]:
        """Return the keys, that used longest ago first."""
        return [key for key, _ in self._memory.entries()]

    def clear(self) -> None:
        """Forget everything, of all sessions."""
        self._memory.clear()

    def __len__(self) -> int:
        return len(self._memory)


@overload
def cache(
    fn: _Function,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
) -> _Function: ...
@overload
def cache(
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
) -> Callable[[_Function], _Function]: ...
def cache(
    fn: Function | None = None,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
) -> Any:
    """Return ``fn`` so that a call with equal arguments is answered from memory; also a decorator.

    A hit gives a copy of the result, and what the function does besides does not happen: it changes
    no State. Of a generator everything it yielded is given again. A call that raises is not kept.

    Args:
        fn: plain, ``async``, or a generator of either kind; left out, this is a decorator.
        key: returns, of the arguments by name, what makes calls equal; all of them if left out.
        max_size: results; 0 for any number. What was used longest ago goes first.
        max_memory: of all results together, in bytes or such as "512mb"; ``None`` for any number.
        per_session: whether each session finds only results of its own.

    Raises:
        ConfigurationError: ``fn`` is no function, or ``max_memory`` no size.
    """
    if fn is None:
        return functools.partial(cache, key=key, max_size=max_size, max_memory=max_memory, per_session=per_session)
    if not callable(fn):
        raise ConfigurationError(
            f"cache() was given {fn!r}, which is no function; write cache(fn)(…), not cache(fn(…))."
        )
    known = (fn, key, max_size, max_memory, per_session)
    with _lock:
        if known not in _wrappers:
            limits = Memory(max_size=max_size, max_bytes=in_bytes("max_memory", max_memory), per_session=per_session)
            _wrappers[known] = _wrapped(fn, key, limits)
        _wrappers.move_to_end(known)
        while len(_wrappers) > MOST_WRAPPERS:
            _wrappers.popitem(last=False)
        return _wrappers[known]


_wrappers: OrderedDict[tuple[Any, ...], Function] = OrderedDict()
_lock = threading.Lock()


def digest(value: Any) -> str:
    """Return the same short text for equal values.

    Raises:
        CannotStore: part of the value can neither be stored nor hashed.
    """
    try:
        return hashlib.sha256(encode(value, name="key")).hexdigest()
    except CannotStore:
        if isinstance(value, dict):
            return digest([[name, digest(one)] for name, one in value.items()])
        if isinstance(value, list | tuple):
            return digest([type(value).__name__, *map(digest, value)])
        try:
            return f"hash {hash(value)}"
        except TypeError:
            pass
        raise


def size_of(value: Any) -> int:
    """Return about how many bytes ``value`` takes."""
    try:
        return len(encode(value, name="result"))
    except CannotStore:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        return sys.getsizeof(value) + sum(map(size_of, parts))


def _wrapped(fn: Function, key: Callable[[dict[str, Any]], Any] | None, memory: Memory) -> Function:
    signature = inspect.signature(fn)

    def found(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, Any]:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        name = digest(dict(given.arguments) if key is None else key(dict(given.arguments)))
        return name, memory.get(name)

    @functools.wraps(fn)
    def plain(*args: Any, **kwargs: Any) -> Any:
        name, kept = found(args, kwargs)
        if kept is None:
            memory.put(name, kept := [_copy(fn(*args, **kwargs))])
        return _copy(kept[0])

    @functools.wraps(fn)
    async def later(*args: Any, **kwargs: Any) -> Any:
        name, kept = found(args, kwargs)
        if kept is None:
            memory.put(name, kept := [_copy(await fn(*args, **kwargs))])
        return _copy(kept[0])

    @functools.wraps(fn)
    def stream(*args: Any, **kwargs: Any) -> Iterator[Any]:
        name, kept = found(args, kwargs)
        if kept is not None:
            yield from map(_copy, kept)
            return
        made = []
        for one in fn(*args, **kwargs):
            made.append(_copy(one))
            yield one
        memory.put(name, made)

    @functools.wraps(fn)
    async def later_stream(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        name, kept = found(args, kwargs)
        if kept is not None:
            for one in kept:
                yield _copy(one)
            return
        made = []
        async for one in fn(*args, **kwargs):
            made.append(_copy(one))
            yield one
        memory.put(name, made)

    if inspect.isasyncgenfunction(fn):
        return later_stream
    if inspect.isgeneratorfunction(fn):
        return stream
    return later if inspect.iscoroutinefunction(fn) else plain


def _copy(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - what cannot be copied, such as an open file, is kept as it is
        return value
