"""Templates of HTML components: Handlebars around JavaScript template texts, as scripts of the page.

Gradio fills in the Handlebars tags, then evaluates the outcome as a template text. Here each stretch between tags
is a template text of its own, and what a tag gives is put in as it is: it is never read as JavaScript.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapter.components.page_assets import own_scripts
from adapter.errors import AdapterError

_TAG = re.compile(r"\{\{(~)?(?:(!--.*?--)|(\{.*?\})|(!?.*?))(~)?\}\}", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NO_NAMES = re.compile(
    "arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|"
    "false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|"
    "void|while|with"
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<number>-?\d+(?:\.\d+)?(?=[\s)]|$))"""
    r"""|(?P<as>as\s+\|(?P<names>[^|]*)\|)|(?P<key>[^\s=()|"'\[\]{}]+)=|(?P<mark>[()])"""
    r"""|(?P<path>(?:\[[^\]]*\]|[^\s()|"'\[\]{}])+))""",
    re.DOTALL,
)
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_BLOCKS = frozenset({"if", "unless", "each", "with"})


class TemplateError(AdapterError):
    """Raise for a template that is no Handlebars; the page shows it in the component's place, as Gradio's does."""


@dataclass(slots=True)
class _Block:
    """A block whose end has not come: what opened it, and what stands in it."""

    closes: str
    node: dict[str, Any]
    nodes: list[Any] = field(default_factory=list)
    chained: bool = False


def script(html: str, css: str, names: Sequence[str]) -> str | None:
    """Let pages run the templates ``html`` and ``css``, in which ``names`` are known; return the script's name.

    ``None`` for templates that a call brings and nobody declared.
    """
    known = [name for name in names if _NAME.fullmatch(name) and not _NO_NAMES.fullmatch(name)]
    parts = ", ".join(f"{kind}: {_written(source, known)}" for kind, source in (("html", html), ("css", css)))
    return own_scripts.value(f"{{ {parts} }}")


def _written(source: str, names: Sequence[str]) -> str:
    try:
        return _literal(_Parser(source).nodes(), ", ".join(names))
    except TemplateError as error:
        return json.dumps({"fails": str(error)})


def _literal(node: Any, names: str) -> str:
    if isinstance(node, list):
        return f"[{', '.join(_literal(one, names) for one in node)}]"
    if isinstance(node, dict):
        return f"{{ {', '.join(f'{json.dumps(key)}: {_literal(one, names)}' for key, one in node.items())} }}"
    if isinstance(node, _Text):
        loose = (len(node) - len(node.rstrip("\\"))) % 2  # it would take the end of the text for its own
        return f"({{ {names} }}) => `{node[: len(node) - loose]}`"
    return json.dumps(node)


class _Text(str):
    """A stretch between tags, which is a JavaScript template text."""


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.open = [_Block("", {})]

    def nodes(self) -> list[Any]:
        """Return what the template is made of: texts, and tags as objects."""
        trims = False
        for before, tag in self._pieces():
            self._text(before, trims, ends=tag is not None and bool(tag[1]))
            if tag is None:
                break
            trims = bool(tag[5])
            if tag[3] is not None:
                self._add({"show": _expression(tag[3][1:-1]), "raw": True})
            elif tag[2] is None and not tag[4].startswith("!"):
                self._tag(tag[4].strip())
        if len(self.open) > 1:
            raise TemplateError(f"the block {{{{#{self.open[-1].closes}}}}} has no end; close it.")
        return self.open[0].nodes

    def _pieces(self) -> Iterator[tuple[str, re.Match[str] | None]]:
        """Give each tag with the text before it, and at last the text after all; a tag after a backslash is text."""
        at, text = 0, ""
        for tag in _TAG.finditer(self.source):
            before = self.source[at : tag.start()]
            at = tag.end()
            if before.endswith("\\") and not before.endswith("\\\\"):
                text += before[:-1] + tag[0]
                continue
            yield text + (before[:-1] if before.endswith("\\\\") else before), tag
            text = ""
        yield text + self.source[at:], None

    def _text(self, text: str, trims: bool, *, ends: bool = False) -> None:
        text = text.lstrip() if trims else text
        text = text.rstrip() if ends else text
        if text:
            self._add(_Text(text))

    def _add(self, node: Any) -> None:
        self.open[-1].nodes.append(node)

    def _tag(self, inside: str) -> None:
        mark, rest = inside[:1], inside[1:].strip()
        if mark == "#":
            self._begin(rest)
        elif mark == "/":
            self._end(rest)
        elif inside == "else" or inside == "^":
            self._otherwise(None)
        elif inside.startswith("else "):
            self._otherwise(inside[5:].strip())
        elif mark == "^":
            self._begin(rest, inverted=True)
        elif mark == ">":
            raise TemplateError(f"there is no partial {rest!r}; write its HTML into the template.")
        else:
            self._add({"show": _expression(rest if mark == "&" else inside), "raw": mark == "&"})

    def _begin(self, opened: str, *, inverted: bool = False, chained: bool = False) -> None:
        tokens = _Tokens(opened)
        closes = tokens.peek()
        call, names = tokens.call(), tokens.names
        node: dict[str, Any] = {"block": call["call"] if call["args"] else "", "args": call["args"] or [call["path"]]}
        if node["block"] not in {*_BLOCKS, ""}:
            raise TemplateError(
                f"there is no helper {node['block']!r} for blocks; there are {', '.join(sorted(_BLOCKS))}."
            )
        node |= {"hash": call["hash"], "names": names, "body": [], "other": []}
        self._add(node)
        self.open.append(_Block(closes, node, node["other" if inverted else "body"], chained))

    def _otherwise(self, chain: str | None) -> None:
        block = self.open[-1]
        if len(self.open) == 1:
            raise TemplateError("{{else}} stands outside of a block; open one before it.")
        block.nodes = block.node["other"] if block.nodes is block.node["body"] else block.node["body"]
        if chain is not None:
            self._begin(chain, chained=True)

    def _end(self, closes: str) -> None:
        while self.open[-1].chained:
            self.open.pop()
        if self.open[-1].closes != closes:
            raise TemplateError(f"{{{{/{closes}}}}} ends no block that is open; {self.open[-1].closes or 'none'} is.")
        self.open.pop()


class _Tokens:
    """What stands in a tag."""

    def __init__(self, source: str) -> None:
        self.source = source.strip()
        self.at = 0
        self.names: list[str] = []

    def peek(self) -> str:
        """Return the first word."""
        return self.source.split(None, 1)[0] if self.source else ""

    def call(self, *, nested: bool = False) -> dict[str, Any]:
        """Return a helper's name or a path, with what it is given."""
        first = self._one()
        args: list[Any] = []
        named: dict[str, Any] = {}
        while (token := self._token()) is not None:
            if token["mark"] == ")":
                if not nested:
                    raise TemplateError(f"{{{{{self.source}}}}} has a parenthesis too much.")
                nested = False
                break
            if token["as"]:
                self.names = token["names"].split()
            elif token["key"]:
                named[token["key"]] = self._one()
            else:
                args.append(self._value(token))
        if nested:
            raise TemplateError(f"{{{{{self.source}}}}} has a parenthesis that is not closed.")
        name = ".".join(str(one) for one in first.get("path", [])) if isinstance(first, dict) else ""
        return {"call": name, "path": first, "args": args, "hash": named}

    def _token(self) -> re.Match[str] | None:
        if not self.source[self.at :].strip():
            return None
        found = _TOKEN.match(self.source, self.at)
        if found is None:
            raise TemplateError(f"{{{{{self.source}}}}} cannot be read from {self.source[self.at :]!r} on.")
        self.at = found.end()
        return found

    def _one(self) -> Any:
        token = self._token()
        if token is None:
            raise TemplateError(f"{{{{{self.source}}}}} says too little; name what it shows.")
        return self._value(token)

    def _value(self, token: re.Match[str]) -> Any:
        if token["text"]:
            return {"value": re.sub(r"\\(.)", r"\1", token["text"][1:-1])}
        if token["number"]:
            return {"value": float(token["number"]) if "." in token["number"] else int(token["number"])}
        if token["mark"] == "(":
            inner = self.call(nested=True)
            return {"call": inner["call"], "args": inner["args"]}
        if not token["path"]:
            raise TemplateError(f"{{{{{self.source}}}}} has {token[0].strip()!r} where a name or a value is wanted.")
        word = token["path"]
        return {"value": _WORDS[word]} if word in _WORDS else _path(word)


def _path(word: str) -> dict[str, Any]:
    """Return a path: how many contexts up, whether it is of the ``@`` names, and the names in order."""
    data, rest, up = word.startswith("@"), word.removeprefix("@"), 0
    while rest == ".." or rest.startswith("../"):
        up, rest = up + 1, rest[3:]
    plain = rest
    rest = re.sub(r"^(?:this|\.)(?:[./]|$)", "", rest)
    names = [quoted or name for quoted, name in re.findall(r"\[([^\]]*)\]|([^./\[\]]+)", rest)]
    return {"path": names, "up": up, "data": data, "own": rest != plain}


def _expression(inside: str) -> Any:
    tokens = _Tokens(inside)
    call = tokens.call()
    return {"call": call["call"], "args": call["args"]} if call["args"] or call["hash"] else call["path"]
