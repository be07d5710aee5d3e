"""Hostile requests are refused in words: none is an error of the adapter's, and none stops the next call."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.compat.sample_pictures import get_image
from adapter.settings import Settings
from tests.attack.apps.everything import demo
from tests.attack.bodies import Attacker, HostileRequest, Json
from tests.attack.conftest import SEED
from tests.support.http import Answer, Door

GENERIC = b"Something went wrong in this app"
"""What a visitor reads of a fault that is not theirs."""


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """An environment of an app with every component."""
    settings = Settings(session_keys=("a-key-for-tests-of-32-bytes-0123",), files=str(tmp_path / "files"))
    door = Door(gr.handler(demo, settings=settings))
    yield door
    door.close()


def test_no_hostile_request_is_answered_as_a_fault(door: Door, attack_size: int, caplog: Any) -> None:
    """Whatever a body holds, its answer is the caller's mistake or a result, and no function is said to have failed."""
    caplog.set_level(logging.ERROR)
    attacker = Attacker(door.get("/config").json, samples(door), SEED)
    faults = []
    for _ in range(attack_size):
        request = attacker.request()
        answer = sent(door, request)
        if request.path.endswith("/queue/join") and answer.status == 200:
            for name in range(5):
                answer = door.get("/gradio_api/queue/data", query={"session_hash": f"session-{name}"})
                faults += fault(request, answer)
        elif request.path.startswith("/gradio_api/call/") and answer.status == 200 and request.method == "POST":
            path = f"{request.path.replace('/v2/', '/')}/{answer.json['event_id']}"
            answer = door.get(path)
        faults += fault(request, answer)
    assert faults[:5] == [], f"{len(faults)} of {attack_size} requests"


def fault(request: HostileRequest, answer: Answer) -> list[tuple[HostileRequest, int, bytes]]:
    """Return what is wrong with an answer, if anything."""
    if answer.status < 500 and GENERIC not in answer.body:
        return []
    return [(request, answer.status, answer.body[-300:])]


def sent(door: Door, request: HostileRequest) -> Answer:
    """Send a request that calls itself JSON."""
    headers = {"content-type": "application/json"}
    return door(request.method, request.path, body=request.body, query=request.query, headers=headers)


def samples(door: Door) -> dict[int, list[Json]]:
    """Return what each endpoint of the app takes; where that is a file, one that was uploaded."""
    picture = uploaded(door, "picture.png", Path(get_image("cat.jpg")).read_bytes())
    text = uploaded(door, "n" * 80 + ".csv", b"a,b\n1,2\n")

    def own(value: Json) -> Json:
        if isinstance(value, list):
            return [own(item) for item in value]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("path"), str):
            return picture if value["path"].endswith(("png", "jpg", "webp")) else text
        return {key: own(item) for key, item in value.items()}

    return {
        listener.id: [
            None if isinstance(one, gr.State) else own(one.example_payload()) for one in listener.endpoint.inputs
        ]
        for listener in demo.listeners
        if listener.endpoint is not None
    }


def uploaded(door: Door, name: str, content: bytes) -> dict[str, Json]:
    """Upload a file; return what refers to it."""
    head = f'--b\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--b--\r\n"
    answer = door("POST", "/gradio_api/upload", body=body, headers={"content-type": "multipart/form-data; boundary=b"})
    return {"path": answer.json[0], "orig_name": name, "meta": {"_type": "gradio.FileData"}}
