"""Hostile requests: what an app's own callers send, with something broken in it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

Json = Any
"""A value of JSON; ``Raw`` and what ``json`` writes besides (NaN) included."""


class Raw(str):
    """A piece of JSON text that no Python value stands for."""


def deep(levels: int) -> Raw:
    """Return a list in a list, and so on."""
    return Raw("[" * levels + "]" * levels)


FILE = {"path": f"uploads/{'a' * 22}/a.png", "orig_name": "a.png", "meta": {"_type": "gradio.FileData"}}

NOTHINGS: tuple[Json, ...] = (None, "", 5, [], {}, "x", [{}])

ATOMS: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**400, -(10**400), 0.5, -0.0, 1e308),
    *(Raw("0.1e-400"), Raw("1E400"), 1e-320),
    *("", " ", "a", "\0", "\u202e", "é" * 100, "x" * 300, "x" * 20_000, "%00", "..", "../../etc/passwd"),
    *("NaN", "null", "[]", "{", "1e999", "1" * 5_000, "2020-13-45", "9999-12-31 23:59:59", "0001-01-01 00:00:00"),
    *("now - 99999999999999999d", "now - 5000000d", "now-1s", "__class__", "constructor", "<script>"),
    *("data:image/png;base64,", "data:image/png;base64,AAAA", "data:,", "http://127.0.0.1/", "file:///etc/passwd"),
    *("http://[::1", "http://a:99999999/", "javascript:alert(1)"),
    *([], {}, [[]], [None], [[1], [1, 2]], [{}], {"": None}, {"__type__": "update"}, {"__type__": []}, {"value": 1}),
    *(deep(60), deep(85)),
    *(FILE, {**FILE, "path": "x" * 300}, {**FILE, "path": "\0"}, {**FILE, "path": 5}, {**FILE, "orig_name": "n" * 300}),
    *({**FILE, "path": "http://127.0.0.1:1/"}, {**FILE, "url": "http://[64:ff9b::7f00:1]/", "path": "http://[::]/"}),
    *({"path": None, "url": None}, {"text": None, "files": None}, {"files": [FILE] * 3, "text": []}),
    *({"headers": [], "data": [[]]}, {"headers": ["a", "a"], "data": [[1, {}]]}, {"headers": [[]], "data": [[1]]}),
    *({"headers": ["a"], "data": [[10**400]]}, {"headers": [None], "data": [[deep(30)]]}),
    {"data": [[1]], "headers": {}},
    [{"role": "assistant", "content": {"component": "image", "value": FILE, "constructor_args": {"value": "/etc/x"}}}],
    *([{"role": "user", "content": nothing}] for nothing in NOTHINGS),
    *([{"role": nothing, "content": "a"}] for nothing in NOTHINGS),
    *([{"role": "user", "content": "a", "metadata": nothing}] for nothing in NOTHINGS),
    *([{"role": "user", "content": "a", "metadata": {"title": nothing, "id": nothing}}] for nothing in NOTHINGS),
    *([{"role": "user", "content": [{"type": nothing}]}] for nothing in (*NOTHINGS, "file", "text", "component")),
    *({"image": FILE, "annotations": nothing} for nothing in NOTHINGS),
    *([{"image": FILE, "caption": nothing}] for nothing in NOTHINGS),
    *([{"token": nothing, "class_or_confidence": nothing}] for nothing in NOTHINGS),
)
"""Values that somebody stumbled over, or might."""

BROKEN: tuple[Json, ...] = (
    *(math.nan, math.inf, -math.inf, Raw("1e999"), Raw("-1e999"), Raw("1" * 5_000), "\ud800", "a\udfff"),
    *(deep(91), deep(120), deep(500), deep(700), deep(990), deep(3_000), Raw('{"a":' * 700 + "1" + "}" * 700)),
)
"""What makes of a body one that is not read at all."""


@dataclass(frozen=True)
class HostileRequest:
    """One request.

    Attributes:
        method: GET or POST.
        path: percent-encoded, without a query.
        body: its bytes.
        query: its fields.
    """

    method: str
    path: str
    body: bytes = b""
    query: Mapping[str, str] | None = None


class Attacker:
    """Makes hostile requests of a config, the same ones for the same seed.

    Args:
        config: what ``/config`` says.
        samples: for each endpoint's number what a caller may send.
        seed: of the requests.
    """

    def __init__(self, config: Mapping[str, Any], samples: Mapping[int, list[Json]], seed: int) -> None:
        self._names = {one["id"]: one["api_name"] for one in config["dependencies"]}
        self._samples = samples
        self._chance = Random(seed)
        self._html = next(one["id"] for one in reversed(config["components"]) if one["type"] == "html")
        self._ways: list[Callable[[], HostileRequest]] = [
            *[self._run] * 6,
            *[self._join] * 3,
            *(self._call, self._call_by_name, self._component, self._form, self._session, self._get),
        ]

    def request(self) -> HostileRequest:
        """Return the next request."""
        return self._chance.choice(self._ways)()

    def _run(self) -> HostileRequest:
        number = self._endpoint()
        return self._post(f"run/{self._names[number]}", self._whole(number))

    def _join(self) -> HostileRequest:
        number = self._endpoint()
        return self._post("queue/join", {**self._whole(number), "fn_index": number})

    def _call(self) -> HostileRequest:
        number = self._endpoint()
        return self._post(f"call/{self._names[number]}", {"data": self._samples[number]})

    def _call_by_name(self) -> HostileRequest:
        number = self._endpoint()
        return self._post(f"call/v2/{self._names[number]}", {"value": self._atom(), "param_0": self._atom()})

    def _component(self) -> HostileRequest:
        body = {"component_id": self._html, "fn_name": "shout", "data": ["a"], "session_hash": self._hash()}
        return self._post("component_server", body)

    def _form(self) -> HostileRequest:
        return self._post("upload/form", {"name": "a.png", "size": 5, "session_hash": self._hash()})

    def _session(self) -> HostileRequest:
        kind = self._chance.choice(("cancel", "reset"))
        return self._post(kind, {"session_hash": self._hash(), "fn_index": 0, "event_id": "e" * 32})

    def _get(self) -> HostileRequest:
        where = self._chance.choice(
            ("gradio_api/file=", "gradio_api/heartbeat/", "gradio_api/call/count/", "static/", "gradio_api/queue/data")
        )
        text = str(self._atom())[:6_000].encode(errors="replace")
        quoted = "".join(f"%{byte:02X}" for byte in text)
        return HostileRequest("GET", f"/{where}{quoted}", query={"session_hash": text[:300].decode(errors="replace")})

    def _post(self, path: str, body: Json) -> HostileRequest:
        text = written(self._broken(body)).encode(errors="surrogatepass")
        if self._chance.random() < 0.03:
            place = self._chance.randrange(len(text) + 1)
            text = text[:place] + self._chance.choice((b"", b"\0", b"\xff", b"}", b"\xed\xa0\x80")) + text[place + 1 :]
        return HostileRequest("POST", f"/gradio_api/{path}", text)

    def _whole(self, number: int) -> dict[str, Json]:
        return {"data": self._samples[number], "session_hash": self._hash(), "event_data": None, "trigger_id": None}

    def _broken(self, value: Json) -> Json:
        """Return ``value`` with something in it that should not be there."""
        if self._chance.random() < 0.3:
            value = self._broken_once(value)
        return self._broken_once(value)

    def _broken_once(self, value: Json) -> Json:
        if isinstance(value, dict) and value and self._chance.random() < 0.9:
            name = "data" if "data" in value and self._chance.random() < 0.6 else self._chance.choice(tuple(value))
            chance = self._chance.random()
            if chance < 0.05:
                return {key: item for key, item in value.items() if key != name}
            if chance < 0.1:
                return {**value, str(self._atom())[:50]: self._atom()}
            return {**value, name: self._broken_once(value[name])}
        if isinstance(value, list) and value and self._chance.random() < 0.9:
            place = self._chance.randrange(len(value))
            chance = self._chance.random()
            if chance < 0.05:
                return value[:place]
            if chance < 0.1:
                return [*value, self._atom()]
            return [*value[:place], self._broken_once(value[place]), *value[place + 1 :]]
        return self._atom()

    def _atom(self) -> Json:
        chance = self._chance.random()
        if chance > 0.97:
            return self._chance.choice(BROKEN)
        atom = self._chance.choice(ATOMS)
        if chance < 0.1:
            return [atom, self._chance.choice(ATOMS)]
        return {str(self._chance.choice(ATOMS))[:40]: atom} if chance < 0.15 else atom

    def _endpoint(self) -> int:
        return self._chance.choice(list(self._samples))

    def _hash(self) -> str:
        return f"session-{self._chance.randrange(5)}"


def written(value: Json) -> str:
    """Return ``value`` as JSON, with what of it is no JSON left so."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**300:
        return ("-" if value < 0 else "") + "1" + "0" * 400
    return json.dumps(value)
