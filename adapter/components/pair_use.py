"""Whether a function takes a conversation as messages or as pairs: by its annotation, or by what it does with it.

Of what is looked for, nothing works with the other form: ``for user, bot in history`` fails with messages, and
``history[-1]["content"]`` with pairs. A function that does both, or neither, is not judged.
"""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import textwrap
import tokenize
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from adapter.components.functions import underlying
from adapter.components.messages import ChatMessage
from adapter.components.pairs import Form

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COPIES = {"copy", "deepcopy", "list"}


def form_taken(fn: Callable[..., Any], parameter: str) -> Form | None:
    """Return the form of conversations that ``fn`` takes as its ``parameter``; ``None`` where it is not to be seen."""
    return _judged(underlying(fn), parameter)


@functools.lru_cache(maxsize=256)
def _judged(fn: Callable[..., Any], parameter: str) -> Form | None:
    return _annotated(fn, parameter) or _used(fn, parameter)


def _annotated(fn: Callable[..., Any], parameter: str) -> Form | None:
    try:
        hint = typing.get_type_hints(fn).get(parameter)
    except Exception:  # noqa: BLE001 - a hint that names what cannot be found says nothing of ours
        return None
    [item] = typing.get_args(hint)[:1] or [None]
    kind = typing.get_origin(item) or item
    if not isinstance(kind, type):
        return None
    if issubclass(kind, list | tuple):
        return "tuples"
    return "messages" if issubclass(kind, Mapping | ChatMessage) else None


def _used(fn: Callable[..., Any], parameter: str) -> Form | None:
    function = _parsed(fn)
    if function is None:
        return None
    found = set(_Uses(parameter).of(function))
    return found.pop() if len(found) == 1 else None


def _parsed(fn: Callable[..., Any]) -> _Function | None:
    """Return the function's own part of its source; ``None`` where that is not there."""
    code = getattr(inspect.unwrap(fn), "__code__", None)
    lines = [] if code is None else linecache.getlines(code.co_filename)  # inspect.getsource looks through all modules
    if code is None or not lines:
        return None
    try:
        block = inspect.getblock(lines[code.co_firstlineno - 1 :])
        tree = ast.parse(textwrap.dedent("".join(block)))
    except (IndentationError, SyntaxError, tokenize.TokenError):  # a part of a line
        return None
    names = [*code.co_varnames[: code.co_argcount]]
    functions = [node for node in ast.walk(tree) if isinstance(node, _Function)]
    if code.co_name == "<lambda>":
        functions = [one for one in functions if isinstance(one, ast.Lambda)]
    found = [one for one in functions if [each.arg for each in (*one.args.posonlyargs, *one.args.args)] == names]
    return found[0] if found and (len(found) == 1 or not isinstance(found[0], ast.Lambda)) else None


class _Uses:
    """What a function's source does with a conversation, and with what is in it.

    Args:
        parameter: the name of the conversation.
    """

    def __init__(self, parameter: str) -> None:
        self.conversations = {parameter}
        self.items: set[str] = set()

    def of(self, function: _Function) -> Iterator[Form]:
        """Yield the form that each use needs."""
        for node in ast.walk(function):
            self._learn(node)
        for node in ast.walk(function):
            if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                yield from self._taken_apart(self._each(node.iter, node.target))
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    yield from self._set(target, node.value)
            elif isinstance(node, ast.AugAssign) and self._is_conversation(node.target):
                yield from _listed(node.value)
            elif isinstance(node, ast.BinOp) and self._is_conversation(node.left):
                yield from _listed(node.right)
            elif isinstance(node, ast.List) and any(self._is_starred(one) for one in node.elts):
                yield from _forms(one for one in node.elts if not isinstance(one, ast.Starred))
            elif isinstance(node, ast.Subscript) and self._is_item(node.value):
                yield from _key(node.slice)
            elif isinstance(node, ast.Call):
                yield from self._called(node)

    def _learn(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            if self._is_conversation(node.value):
                self.conversations.add(node.targets[0].id)
            elif self._is_item(node.value):
                self.items.add(node.targets[0].id)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            target = self._each(node.iter, node.target)
            if isinstance(target, ast.Name):
                self.items.add(target.id)

    def _is_conversation(self, node: ast.AST) -> bool:
        """Whether it is the conversation, a part, a copy, or a longer one."""
        match node:
            case ast.Name(id=name):
                return name in self.conversations
            case ast.BoolOp(op=ast.Or(), values=[first, *_]):
                return self._is_conversation(first)
            case ast.BinOp(left=left):
                return self._is_conversation(left)
            case ast.Subscript(value=value, slice=ast.Slice()):
                return self._is_conversation(value)
            case ast.Call(func=ast.Attribute(value=value, attr="copy"), args=[]):
                return self._is_conversation(value)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[only]) if name in _COPIES:
                return self._is_conversation(only)
            case ast.Call(func=ast.Name(id="reversed"), args=[only]):
                return self._is_conversation(only)
        return False

    def _is_starred(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Starred) and self._is_conversation(node.value)

    def _is_item(self, node: ast.AST) -> bool:
        match node:
            case ast.Name(id=name):
                return name in self.items
            case ast.Subscript(value=value, slice=place):
                return not isinstance(place, ast.Slice) and self._is_conversation(value)
            case ast.Call(func=ast.Attribute(value=value, attr="pop")):
                return self._is_conversation(value)
        return False

    def _each(self, iterated: ast.expr, target: ast.expr) -> ast.expr | None:
        """Return the target that each item goes to in a loop over a conversation."""
        match iterated, target:
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]), ast.Tuple(elts=[_, item]):
                return item if self._is_conversation(first) else None
        return target if self._is_conversation(iterated) else None

    def _taken_apart(self, target: ast.expr | None) -> Iterator[Form]:
        if isinstance(target, ast.Tuple | ast.List) and len(target.elts) == 2:
            yield "tuples"

    def _set(self, target: ast.expr, value: ast.expr) -> Iterator[Form]:
        if self._is_item(value):
            yield from self._taken_apart(target)
        if isinstance(target, ast.Subscript) and self._is_item(target):
            yield from _forms([value])

    def _called(self, call: ast.Call) -> Iterator[Form]:
        match call.func:
            case ast.Name(id="isinstance") if call.args and self._is_item(call.args[0]):
                yield from ("messages", "tuples")  # it looks by itself which of them it got
            case ast.Attribute(value=value, attr="append") if self._is_conversation(value):
                yield from _forms(call.args)
            case ast.Attribute(value=value, attr="insert") if self._is_conversation(value):
                yield from _forms(call.args[1:])
            case ast.Attribute(value=value, attr="extend") if self._is_conversation(value) and call.args:
                yield from _listed(call.args[0])
            case ast.Attribute(value=value, attr="get") if self._is_item(value):
                yield "messages"


def _listed(node: ast.expr) -> Iterator[Form]:
    if isinstance(node, ast.List):
        yield from _forms(node.elts)


def _forms(nodes: typing.Iterable[ast.expr]) -> Iterator[Form]:
    """Yield the form of what is written out as a pair or as a message."""
    for node in nodes:
        match node:
            case ast.Tuple(elts=[_, _]) | ast.List(elts=[_, _]):
                yield "tuples"
            case ast.Dict() | ast.Call(func=ast.Name(id="ChatMessage" | "dict") | ast.Attribute(attr="ChatMessage")):
                yield "messages"


def _key(node: ast.expr) -> Iterator[Form]:
    match node:
        case ast.Constant(value=str()):
            yield "messages"
        case ast.Constant(value=int()) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
            yield "tuples"
