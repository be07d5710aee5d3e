"""An object that stands for a value: every operator works on the value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

Method = Callable[..., Any]


def plain(value: Any) -> Any:
    """Return the value that ``value`` stands for; anything else as it is."""
    return value.get() if isinstance(value, StandIn) else value


def _on_value(operation: Callable[..., Any]) -> Method:
    def method(self: StandIn, *operands: Any) -> Any:
        return self.apply(lambda value: operation(value, *map(plain, operands)))

    return method


def _reflected(operation: Callable[[Any, Any], Any]) -> Method:
    def method(self: StandIn, other: Any) -> Any:
        return operation(plain(other), self.get())

    return method


def _in_place(operation: Callable[[Any, Any], Any]) -> Method:
    def method(self: StandIn, other: Any) -> Any:
        self.replace(lambda value: operation(value, plain(other)))
        return self

    return method


class StandIn:
    """What it stands for is reached by three methods; the operators are made of them."""

    def get(self) -> Any:
        """Return the value."""
        raise NotImplementedError

    def apply(self, operation: Callable[[Any], Any]) -> Any:
        """Run ``operation`` on the value, keep what it changed in place, and return its result."""
        raise NotImplementedError

    def replace(self, operation: Callable[[Any], Any]) -> None:
        """Put the result of ``operation`` on the value in the value's place."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        return iter(self.get())

    def __bool__(self) -> bool:
        return bool(self.get())

    def __str__(self) -> str:
        return str(self.get())

    def __format__(self, spec: str) -> str:
        return format(self.get(), spec)

    def __eq__(self, other: object) -> bool:
        return bool(self.get() == plain(other))

    def __ne__(self, other: object) -> bool:
        return bool(self.get() != plain(other))

    __hash__ = None  # type: ignore[assignment] # equal by value, and the value changes

    __len__ = _on_value(len)
    __int__ = _on_value(int)
    __float__ = _on_value(float)
    __complex__ = _on_value(complex)
    __index__ = _on_value(operator.index)
    __round__ = _on_value(round)
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
    __pow__ = _on_value(operator.pow)
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
