"""An object that stands for a value: operators, methods, ``isinstance`` and ``json`` mean the value."""

from __future__ import annotations

import copy
import math
import operator
from collections import deque
from collections.abc import Callable, Iterator, Mapping, MutableMapping, MutableSequence
from functools import cache
from typing import Any, Protocol

Method = Callable[..., Any]


class Held(Protocol):
    """How a proxy reaches its value; an object of its own, so that no method of the value's is hidden."""

    def get(self) -> Any:
        """Return the value."""
        ...

    def apply(self, operation: Callable[[Any], Any]) -> Any:
        """Run ``operation`` on the value, keep what it changed in place, and return its result."""
        ...

    def replace(self, operation: Callable[[Any], Any]) -> None:
        """Put the result of ``operation`` on the value in the value's place."""
        ...

    def kind(self) -> type | None:
        """Return the value's class, without a read where nothing has been read; ``None`` where it is not known."""
        ...

    def sample(self) -> Any:
        """Return the value, or where nothing has been read one that it starts from; it is not to be changed."""
        ...


def first_value(value: Any) -> Any:
    """Return what ``value`` stands for before any store is open, as while a page is made; anything else as it is."""
    return value.__stands_for__.sample() if isinstance(value, ValueProxy) else value


def plain(value: Any) -> Any:
    """Return the value that ``value`` stands for; anything else as it is."""
    return value.__stands_for__.get() if isinstance(value, ValueProxy) else value


def _on_value(operation: Callable[..., Any]) -> Method:
    def method(self: ValueProxy, *operands: Any, **named: Any) -> Any:
        return self.__stands_for__.apply(lambda value: operation(value, *map(plain, operands), **named))

    return method


def _reflected(operation: Callable[[Any, Any], Any]) -> Method:
    def method(self: ValueProxy, other: Any) -> Any:
        return operation(plain(other), self.__stands_for__.get())

    return method


def _in_place(operation: Callable[[Any, Any], Any]) -> Method:
    def method(self: ValueProxy, other: Any) -> Any:
        self.__stands_for__.replace(lambda value: operation(value, plain(other)))
        return self

    return method


def _as_array(value: Any, *arguments: Any, **named: Any) -> Any:
    import numpy  # who asks for an array has it

    named = {name: given for name, given in named.items() if given is not None}
    return numpy.array(value, *arguments, **named)


class ValueProxy:
    """Every operator works on the value; of names that are no operator's it has none."""

    __slots__ = ("__stands_for__",)
    __stands_for__: Held

    @property  # type: ignore[misc] # what isinstance() asks when the type is none that it looks for
    def __class__(self) -> Any:
        return self.__stands_for__.kind() or type(self)

    def __dir__(self) -> list[str]:
        return dir(self.__stands_for__.get())

    def __copy__(self) -> Any:
        return copy.copy(self.__stands_for__.get())

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return copy.deepcopy(self.__stands_for__.get(), memo)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.__stands_for__.get().__reduce_ex__(protocol)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__stands_for__.get())

    def __bool__(self) -> bool:
        return bool(self.__stands_for__.get())

    def __str__(self) -> str:
        return str(self.__stands_for__.get())

    def __format__(self, spec: str) -> str:
        return format(self.__stands_for__.get(), spec)

    def __eq__(self, other: object) -> Any:  # of a DataFrame it is a DataFrame
        return self.__stands_for__.get() == plain(other)

    def __ne__(self, other: object) -> Any:
        return self.__stands_for__.get() != plain(other)

    def __hash__(self) -> int:
        return hash(self.__stands_for__.get())

    __len__ = _on_value(len)
    __int__ = _on_value(int)
    __float__ = _on_value(float)
    __complex__ = _on_value(complex)
    __index__ = _on_value(operator.index)
    __round__ = _on_value(round)
    __floor__ = _on_value(math.floor)
    __ceil__ = _on_value(math.ceil)
    __trunc__ = _on_value(math.trunc)
    __bytes__ = _on_value(bytes)
    __array__ = _on_value(_as_array)
    __reversed__ = _on_value(reversed)
    __divmod__ = _on_value(divmod)
    __getitem__ = _on_value(operator.getitem)
    __setitem__ = _on_value(operator.setitem)
    __delitem__ = _on_value(operator.delitem)
    __contains__ = _on_value(operator.contains)
    __lt__ = _on_value(operator.lt)
    __le__ = _on_value(operator.le)
    __gt__ = _on_value(operator.gt)
    __ge__ = _on_value(operator.ge)
    __neg__ = _on_value(operator.neg)
    __pos__ = _on_value(operator.pos)
    __abs__ = _on_value(operator.abs)
    __invert__ = _on_value(operator.invert)

    __add__ = _on_value(operator.add)
    __sub__ = _on_value(operator.sub)
    __mul__ = _on_value(operator.mul)
    __truediv__ = _on_value(operator.truediv)
    __floordiv__ = _on_value(operator.floordiv)
    __mod__ = _on_value(operator.mod)
    __pow__ = _on_value(pow)
    __matmul__ = _on_value(operator.matmul)
    __and__ = _on_value(operator.and_)
    __or__ = _on_value(operator.or_)
    __xor__ = _on_value(operator.xor)
    __lshift__ = _on_value(operator.lshift)
    __rshift__ = _on_value(operator.rshift)

    __radd__ = _reflected(operator.add)
    __rsub__ = _reflected(operator.sub)
    __rmul__ = _reflected(operator.mul)
    __rtruediv__ = _reflected(operator.truediv)
    __rfloordiv__ = _reflected(operator.floordiv)
    __rmod__ = _reflected(operator.mod)
    __rpow__ = _reflected(operator.pow)
    __rmatmul__ = _reflected(operator.matmul)
    __rand__ = _reflected(operator.and_)
    __ror__ = _reflected(operator.or_)
    __rxor__ = _reflected(operator.xor)
    __rlshift__ = _reflected(operator.lshift)
    __rrshift__ = _reflected(operator.rshift)
    __rdivmod__ = _reflected(divmod)

    __iadd__ = _in_place(operator.iadd)
    __isub__ = _in_place(operator.isub)
    __imul__ = _in_place(operator.imul)
    __itruediv__ = _in_place(operator.itruediv)
    __ifloordiv__ = _in_place(operator.ifloordiv)
    __imod__ = _in_place(operator.imod)
    __ipow__ = _in_place(operator.ipow)
    __imatmul__ = _in_place(operator.imatmul)
    __iand__ = _in_place(operator.iand)
    __ior__ = _in_place(operator.ior)
    __ixor__ = _in_place(operator.ixor)
    __ilshift__ = _in_place(operator.ilshift)
    __irshift__ = _in_place(operator.irshift)


# -- what only some kinds of values have ---------------------------------------------------------

_SPECIAL = ("__call__", "__enter__", "__exit__", "__next__", "__fspath__", "__await__", "__aiter__", "__anext__")
"""Having the method makes ``callable()``, ``with`` and others take a value for something."""


@cache
def proxy_class(base: type[ValueProxy], kind: type) -> type[ValueProxy]:
    """Return a class of proxies for values of ``kind``: what Python asks of a type, not of a value, fits, too.

    ``match`` takes a sequence or a mapping by its type, ``dataclasses.asdict`` a dataclass, ``callable()`` a function.
    """
    special = {name: _method(name) for name in _SPECIAL if any(name in vars(one) for one in kind.__mro__)}
    if hasattr(kind, "__dataclass_fields__"):
        special["__dataclass_fields__"] = kind.__dataclass_fields__
    made = type(base.__name__, (base,), {"__slots__": (), "__module__": base.__module__, **special})
    if issubclass(kind, list | tuple | deque | range):
        MutableSequence.register(made)
    elif issubclass(kind, Mapping):
        MutableMapping.register(made)
    return made


def _method(name: str) -> Method:
    return _on_value(lambda value, *arguments: getattr(value, name)(*arguments))
