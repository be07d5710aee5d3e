"""Traces, where they are asked for."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import Any

from tests.support.dev import ROOT
from tests.support.on_lambda import AWS, CLOUD, on_lambda

APP = """
def keep(text, words):
    return text, [*(words or []), text]

demo = gr.Interface(keep, ["textbox", gr.State()], ["textbox", gr.State()], api_name="predict")
"""

SEGMENT = "Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1"


def received(daemon: socket.socket) -> list[dict[str, Any]]:
    """Return what a daemon of X-Ray was sent: a header's line and a segment each."""
    found: list[dict[str, Any]] = []
    daemon.setblocking(False)
    while True:
        try:
            packet = daemon.recv(65_536)
        except BlockingIOError:
            return found
        found.append(json.loads(packet.partition(b"\n")[2]))


def names(segment: dict[str, Any]) -> set[str]:
    """Return the names of a segment and of what is below it."""
    return {segment["name"], *(name for below in segment.get("subsegments", []) for name in names(below))}


def test_a_call_and_its_requests_are_traced_without_what_they_carried() -> None:
    """Neither the answer nor the text of an exception is in the trace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        ran = on_lambda(
            CLOUD + APP + 'handler = gr.handler(demo); start(); Door(handler, Context(1)).run("PERSON", session="ann")',
            {
                **AWS,
                "ADAPTER_TRACING": "1",
                "AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{daemon.getsockname()[1]}",
                "LAMBDA_TASK_ROOT": "/var/task",
                "_X_AMZN_TRACE_ID": SEGMENT,
            },
        )
        segments = received(daemon)

    assert {name for segment in segments for name in names(segment)} >= {"## _invocation", "dynamodb"}
    assert "PERSON" not in json.dumps(segments)
    assert {line["xray_trace_id"] for line in ran.lines} == {"1-67891233-abcdef012345678912345678"}


def test_tracing_is_not_even_loaded_unless_asked_for() -> None:
    """Its import costs more of a cold start than all of the adapter's."""
    ran = on_lambda(APP + 'handler = gr.handler(demo); start(); tell([m for m in sys.modules if "xray" in m])')
    assert ran.told == [[]]


def test_without_its_package_the_switch_is_an_error_with_the_remedy() -> None:
    """At start, not with the first visitor."""
    code = f"import sys; sys.modules['aws_xray_sdk'] = None\nimport adapter as gr\n{APP}\ngr.handler(demo)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        env={"PYTHONPATH": str(ROOT), "ADAPTER_TRACING": "1"},
    )  # fmt: skip
    assert done.returncode == 1
    assert 'package "serverless-function-adapter[tracing]", or turn it off' in done.stderr.splitlines()[-1]
