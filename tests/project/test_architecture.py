"""The walk of docs/architecture.md, walked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

import adapter as gr
from adapter.aws_lambda.handler import LambdaHandler
from adapter.settings import Settings
from tests.support.dev import ROOT
from tests.support.http import Door

WALK = (ROOT / "docs" / "architecture.md").read_text("utf-8")
STOPS: list[tuple[str, str]] = re.findall(r"^\d+\. `([\w/]+\.py)` `([\w.]+)`", WALK, re.MULTILINE)


def test_each_stop_is_a_function_that_exists() -> None:
    """Each of the at most 14 stops names a function of its file, and no file stands there twice."""
    assert len(STOPS) == len(re.findall(r"^\d+\. ", WALK, re.MULTILINE))
    assert 10 <= len(STOPS) <= 14
    assert len({path for path, _ in STOPS}) == len(STOPS)
    for path, name in STOPS:
        value: Any = import_module(path.removesuffix(".py").replace("/", "."))
        for part in name.split("."):
            value = getattr(value, part)
        assert callable(value), name


@contextmanager
def _walked() -> Iterator[list[tuple[str, str]]]:
    """The functions of the adapter that are called meanwhile, in order."""
    calls: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(ROOT / "adapter")):
            calls.append((frame.f_code.co_filename.removeprefix(f"{ROOT}/"), frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def test_a_request_comes_by_each_stop_in_order() -> None:
    """A call with a State, over the memory's store in DynamoDB's place, passes the stops one after the other."""

    def remember(message: str, history: list[str]) -> tuple[str, list[str]]:
        return str(history), [*history, message]

    demo = gr.Interface(remember, ["textbox", gr.State([])], ["textbox", gr.State()], api_name="remember")
    handler = LambdaHandler(demo, Settings(session_keys=("a-key-for-tests-of-32-bytes-0123",)))
    door = Door(handler)
    door.run("one", None, api="remember", session="ann")
    with _walked() as calls:
        answer = door.run("two", None, api="remember", session="ann")

    assert answer.data[0] == "['one']"
    at = 0
    for path, name in STOPS:
        passed = [
            number
            for number, (file, function) in enumerate(calls[at:], at)
            if (file, function) == (path, name)
            or ("/stores/" in path and "/stores/" in file and function.endswith(".write"))
        ]
        assert passed, f"after {calls[at - 1]} the request does not come by {name} of {path}"
        at = passed[0] + 1
