"""SnapStart: what must be new in every environment that is made of one snapshot."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from adapter.state.stores.provision import create_table
from tests.support import aws
from tests.support.dev import ROOT
from tests.support.events import event
from tests.support.ministack import running_ministack
from tests.support.on_lambda import AWS, KEY, Ran, on_lambda

pytestmark = pytest.mark.end_to_end

TWINS = """
import os, random, secrets
import numpy
from awslambdaric.lambda_runtime_hooks_runner import run_after_restore, run_before_snapshot
from adapter.state.stores.base import new_nonce

everybody = gr.GlobalState([], name="everybody", max_age_seconds=3600)

def keep(text, words):
    everybody.append(text)
    return text, [*(words or []), text]

def look():
    return list(everybody)

with gr.Blocks() as demo:
    text, shown, words = gr.Textbox(), gr.JSON(), gr.State()
    gr.Button().click(keep, [text, words], [gr.Textbox(), words], api_name="predict")
    gr.Button().click(look, None, shown, api_name="look")
handler = gr.handler(demo)
start()
Door(handler, Context(0)).run("before", session="ann")

def sockets():
    links = [os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd") if name.isdigit()
             and os.path.exists(f"/proc/self/fd/{name}")]
    return sum(link.startswith(("socket:", "anon_inode:[eventpoll")) for link in links)

tell(["sockets", sockets()])
run_before_snapshot()
tell(["sockets", sockets()])
states = random.getstate(), numpy.random.get_state()

def restored(number):
    random.setstate(states[0])  # a fork would have a seed of its own; a snapshot has not
    numpy.random.set_state(states[1])
    HOOKS
    door = Door(handler, Context(number))
    found = {"random": [random.random()], "numpy": [numpy.random.random()]}
    found["seen"] = door.run(api="look").data[0]
    found["kept"] = door.run(f"in {number}", session="ann").data[0]
    found["tokens"] = [door.run("x", headers={SESSION: "new"}).headers[SESSION] for _ in range(20)]
    found["nonces"] = [new_nonce().hex() for _ in range(20)]
    queued = [door("POST", "/gradio_api/call/predict", json={"data": ["x"]}) for _ in range(20)]
    found["events"] = [one.json["event_id"] for one in queued]
    tell(found)
    told.flush()

for number in (1, 2):
    if not (child := os.fork()):
        restored(number)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
tell(Door(handler, Context(3)).run(api="look").data[0])
"""


@pytest.fixture(scope="module")
def table() -> Iterator[dict[str, str]]:
    """Variables for a table that processes can share."""
    with running_ministack() as url, aws.dynamodb(url) as client:
        create_table(client, "state")
        yield {**AWS, "AWS_ENDPOINT_URL": url, "ADAPTER_STATE_BUCKET": "", "ADAPTER_FILES": ""}


def twins(table: dict[str, str], hooks: str) -> tuple[Ran, dict[str, Any], dict[str, Any]]:
    """Make two environments of one process, and return what each of them said."""
    ran = on_lambda(TWINS.replace("HOOKS", hooks), table)
    _, _, one, other, _ = ran.told
    return ran, one, other


def test_what_two_restored_environments_make_is_never_the_same(table: dict[str, str]) -> None:
    """Tokens, nonces, the ids of calls, and what generators of random numbers give."""
    ran, one, other = twins(table, "run_after_restore()")

    for made in ("tokens", "nonces", "events", "random", "numpy"):
        assert len({*one[made], *other[made]}) == len(one[made]) + len(other[made]), made
    assert ran.told[:2] == [["sockets", ran.told[0][1]], ["sockets", 0]]
    assert ran.told[0][1] > 0
    # the second one sees what the first one wrote: the copy that was warm in the snapshot would be young for an hour
    assert one["seen"] == ["before"]
    assert len(other["seen"]) > 1
    assert [line["cold_start"] for line in ran.closing if line["function_request_id"] == "invocation-2"][:2] == [
        True,
        False,
    ]


def test_without_the_hooks_they_would_be(table: dict[str, str]) -> None:
    """So that the test above can fail: memory is all there is in a snapshot."""
    _, one, other = twins(table, "pass")
    assert (one["random"], one["numpy"]) == (other["random"], other["numpy"])


# -- in the real runtime ------------------------------------------------------------------------


class Service(http.server.ThreadingHTTPServer):
    """Lambda's Runtime API as SnapStart uses it. Notes what it was asked, in order."""

    asked: list[str]
    answers: list[dict[str, Any]]
    done: threading.Event


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append(self.path.rpartition("runtime/")[2])
        if self.path.endswith("invocation/next") and self.server.answers:
            self.server.done.set()
            self.rfile.read(1)  # until the process has ended
            self.close_connection = True
            return
        body = json.dumps(event("http_api.get_config")).encode() if self.path.endswith("invocation/next") else b""
        self.send_response(200)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Lambda-Runtime-Aws-Request-Id": "invocation-1",
            "Lambda-Runtime-Deadline-Ms": "9999999999999",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:123456789012:function:app",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.server.asked.append(self.path.rpartition("runtime/")[2])
        self.server.answers.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def runtime_api() -> Iterator[Service]:
    """Run a Runtime API on the loopback."""
    with Service(("127.0.0.1", 0), Handler) as service:
        service.asked, service.answers, service.done = [], [], threading.Event()
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()


def test_lambdas_own_runtime_calls_the_hooks(tmp_path: Path) -> None:
    """Between the app's init and its first invocation, as SnapStart's protocol has it."""
    (tmp_path / "app.py").write_text(
        """
import adapter as gr
from adapter.aws_lambda import snapstart
kept = snapstart.sow
snapstart.sow = lambda: (print("sown anew"), kept())
handler = gr.handler(gr.Interface(lambda text: text, "textbox", "textbox", api_name="predict"))
"""
    )
    with runtime_api() as service:
        process = subprocess.Popen(
            [sys.executable, "-m", "awslambdaric", "app.handler"],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{service.server_port}",
                "AWS_LAMBDA_FUNCTION_NAME": "app",
                "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start",
                "ADAPTER_STORE": "memory:",
                "ADAPTER_SESSION_KEYS": KEY,
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            answered = service.done.wait(60)
        finally:
            process.kill()
            output, _ = process.communicate()
    lines = [json.loads(line) for line in output.splitlines()]

    assert answered, (output, service.asked, service.answers)
    assert service.asked[:3] == ["restore/next", "invocation/next", "invocation/invocation-1/response"]
    assert service.answers[0]["statusCode"] == 200
    assert [line["message"].partition(":")[0] for line in lines] == ["sown anew", "GET /config"]
    assert lines[1]["cold_start"] is True


def test_elsewhere_no_hook_is_kept() -> None:
    """A process that makes many apps, such as a test's, keeps none of them alive for it."""
    code = """
import adapter as gr, snapshot_restore_py
gr.handler(gr.Interface(lambda text: text, "textbox", "textbox"))
print(len(snapshot_restore_py.get_after_restore()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.stdout == "0\n"
