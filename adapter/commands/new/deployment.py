"""A function more in the deployment's templates, in the shape of one that is there.

The templates are read as text, by their indentation: a YAML library would lose the comments and CloudFormation's
tags. Whatever belongs to the model function is an entry with its name: a resource (``Chat``, ``ChatRole``), a
parameter, a path (``/chat/{proxy+}``). Those entries are copied, with the new name in the place of the model's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapter.errors import ConfigurationError

_ENTRY = re.compile(r"( *)([\w/{}+.-]+):(?:\s|$)")
_FUNCTION = re.compile(r"^  (\w+):.*\n(?:(?: {4}.*)?\n)*?      CodeUri: functions/(\w+)/?\n", re.MULTILINE)
_TYPE = "    Type: AWS::Serverless::Function"

USUAL = frozenset(("adapter", "app", "aws", "functions", "handler", "infra", "live", "rest", "state"))
"""Folder names that stand for other things in a template, too: such a function is no model."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the template.

    Attributes:
        name: of its folder.
        resource: its logical id.
    """

    name: str
    resource: str


def with_function(name: str, templates: Mapping[Path, str]) -> dict[Path, str]:
    """Return those of ``templates`` that a function called ``name`` changes, with it.

    Args:
        name: of its folder.
        templates: their texts; the first one has the functions.

    Raises:
        ConfigurationError: there is no function to learn from, or a resource has the name already.
    """
    main, text = next(iter(templates.items()))
    functions = [Function(folder, resource) for resource, folder in _FUNCTION.findall(text)]
    new = Function(name, "".join(part.capitalize() for part in name.split("_")))
    model = _model(functions, main)
    changed = {path: _with(new, model, functions, content, path) for path, content in templates.items()}
    return {path: content for path, content in changed.items() if content != templates[path]}


def _model(functions: list[Function], main: Path) -> Function:
    """Return the last function whose name cannot be mistaken for anything else's."""
    ids = [one.resource for one in functions]
    plain = [
        one
        for one in functions
        if one.name not in USUAL and not any(other != one.resource and other.startswith(one.resource) for other in ids)
    ]
    if not plain:
        raise ConfigurationError(
            f"{main.name} has no function with a CodeUri of functions/NAME/ whose shape a new one could take; "
            f"add yours by hand, and give --no-deploy."
        )
    return plain[-1]


def _with(new: Function, model: Function, functions: list[Function], text: str, path: Path) -> str:
    lines = text.splitlines(keepends=True)
    for first, last in reversed(list(_groups(lines, model, functions))):
        copied = [_renamed(line, model, new) for line in lines[first:last]]
        _must_be_new(lines, first, copied, path)
        blank = ["\n"] if first and not lines[first - 1].strip() else []
        lines[last:last] = [*blank, *copied]
    return "".join(lines)


def _groups(lines: list[str], model: Function, functions: list[Function]) -> Iterator[tuple[int, int]]:
    """Yield where the model's entries begin and end, neighbours as one."""
    begun: int | None = None
    end = line = 0
    while line < len(lines):
        found = _ENTRY.match(lines[line])
        if found and _belongs(found[2], model, functions):
            begun = line if begun is None else begun
            line = end = _end(lines, line, len(found[1]))
            continue
        if begun is not None and lines[line].strip():
            yield begun, end
            begun = None
        line += 1
    if begun is not None:
        yield begun, end


def _belongs(key: str, model: Function, functions: list[Function]) -> bool:
    if key.startswith("/"):
        return key.split("/")[1] == model.name
    named = [one for one in functions if re.match(rf"{one.resource}(?![a-z0-9])", key)]
    return bool(named) and max(named, key=lambda one: len(one.resource)) == model


def _end(lines: list[str], first: int, indent: int) -> int:
    """Return the line after the entry that begins at ``first``, without the blank lines that follow it."""
    line = end = first + 1
    while line < len(lines):
        if _indent(lines[line]) <= indent:
            break
        line += 1
        if lines[line - 1].strip():
            end = line
    return end


def _renamed(line: str, model: Function, new: Function) -> str:
    line = re.sub(rf"\b{model.resource}(?![a-z0-9_])", new.resource, line)
    return re.sub(rf"(?<![A-Za-z0-9_]){model.name}(?![A-Za-z0-9_])", new.name, line)


def _must_be_new(lines: list[str], first: int, copied: list[str], path: Path) -> None:
    """Refuse names that stand beside the model's already.

    Raises:
        ConfigurationError: the first of them.
    """
    indent = _indent(lines[first])
    there = {found[2] for line in _beside(lines, first) if (found := _ENTRY.match(line)) and len(found[1]) == indent}
    for line in copied:
        found = _ENTRY.match(line)
        if found and len(found[1]) == indent and found[2] in there:
            raise ConfigurationError(
                f"{path.name} has something called {found[2]} already; choose another name for the function."
            )


def _beside(lines: list[str], first: int) -> list[str]:
    """Return the lines of the mapping that the entry at ``first`` stands in."""
    indent = _indent(lines[first])
    begin, end = first, first
    while begin and _indent(lines[begin - 1]) >= indent:
        begin -= 1
    while end < len(lines) and _indent(lines[end]) >= indent:
        end += 1
    return lines[begin:end]


def _indent(line: str) -> int:
    """Return how far a line is indented; a blank one as far as any."""
    return len(line) - len(line.lstrip(" ")) if line.strip() else sys.maxsize
