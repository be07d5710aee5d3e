"""Lets ``json`` of the standard library write a proxy as the value that it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adapter.state.proxy import ValueProxy, plain


def teach_json() -> None:
    """Make ``json.dumps`` take proxies, wherever they are in a value and whatever its options are.

    The encoder looks at a value's type, not at its class, and asks ``default`` about what it does not know; where
    the caller has a ``default`` of its own, such as ``str``, it would write the proxy as that says.
    """
    encoder = json.JSONEncoder
    if getattr(encoder, "takes_proxies", False):
        return
    start, default, encode, iterate = encoder.__init__, encoder.default, encoder.encode, encoder.iterencode

    def init(self: json.JSONEncoder, **options: Any) -> None:
        own = options.get("default")
        if own is not None:
            options["default"] = lambda value: plain(value) if isinstance(value, ValueProxy) else own(value)
        start(self, **options)

    def of_unknown(self: json.JSONEncoder, value: Any) -> Any:
        return plain(value) if isinstance(value, ValueProxy) else default(self, value)

    def encode_value(self: json.JSONEncoder, value: Any) -> str:
        return encode(self, plain(value))

    def iterate_value(self: json.JSONEncoder, value: Any, _one_shot: bool = False) -> Iterator[str]:
        # with an indent it is written in Python, which takes a proxy for what it is by its class, and fails at texts
        indented = vars(self)["indent"] is not None
        return iterate(self, _deep(value) if indented else plain(value), _one_shot)

    for name, method in (
        ("__init__", init),
        ("default", of_unknown),
        ("encode", encode_value),
        ("iterencode", iterate_value),
        ("takes_proxies", True),
    ):
        setattr(encoder, name, method)


def _deep(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, dict):
        return {plain(key): _deep(item) for key, item in value.items()}
    return [_deep(item) for item in value] if isinstance(value, list | tuple) else value
