"""The log of whole runs: every line belongs to a request, and none says whose data it was about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.dev import ROOT
from tests.support.on_lambda import AWS, CLOUD, KEY, Ran, on_lambda

pytestmark = pytest.mark.end_to_end

GOLDEN = Path(__file__).parent / "clients" / "golden"
APPS = {
    "score_tracker": ROOT / "functions/score_tracker/app.py",
    "interface_state": ROOT / "functions/interface_state/app.py",
    "live_with_vars": ROOT / "tests/clients/apps/live_with_vars.py",
    "simple_state": ROOT / "tests/clients/apps/simple_state.py",
}

REPLAY = """
import importlib.util
def load(path):
    spec = importlib.util.spec_from_file_location("app", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["app"] = module
    spec.loader.exec_module(module)
    return getattr(module, "handler", None) or gr.handler(module.demo)
"""


def speaks_of(ran: Ran, secrets: list[str]) -> list[str]:
    """Return those of ``secrets`` that stand in the log."""
    return [secret for secret in secrets if secret in ran.output]


@pytest.mark.parametrize("app", APPS)
def test_a_golden_run(app: str) -> None:
    """Each step of each transcript by the queue and by /run, in sessions named by Gradio's clients."""
    steps = json.loads((GOLDEN / f"{app}.json").read_text(encoding="utf-8"))["steps"]
    ran = on_lambda(
        CLOUD
        + REPLAY
        + f"""
handler = load({str(APPS[app])!r})
start()
indices = {{item["api_name"]: item["id"] for item in Door(handler).get("/config").json["dependencies"]}}
for number, step in enumerate(json.loads({json.dumps(steps)!r})):
    session = f"session-of-{{step['session']}}"
    door = Door(handler, Context(number))
    name = step["api"].strip("/")
    tell([one["msg"] for one in door.queue(*step["args"], fn_index=indices[name], session=session)][-2:])
    door.run(*step["args"], api=name, session=session)
""",
        AWS,
    )
    typed = [word for step in steps for word in step["args"] if isinstance(word, str) and len(word) > 3]

    assert ran.told == [["process_completed", "close_stream"]] * len(steps)
    assert all(line["correlation_id"] for line in ran.lines)
    assert len(ran.closing) == 1 + 3 * len(steps)
    assert sum(sum(line.get("Calls", [])) for line in ran.closing) == 2 * len(steps)
    assert speaks_of(ran, ["session-of-", KEY, *typed]) == []


EVERYTHING = """
import base64, os, threading
from tests.support.events import event
shared = gr.GlobalState([], name="shared")

def work(text, words, request: gr.Request):
    if text.startswith("raise"):
        raise ValueError(f"cannot do {text}")
    if text.startswith("error"):
        raise gr.Error(f"Sorry, {text}")
    if text.startswith("int"):
        int(text)
    if text.startswith("unstorable"):
        return text, {text: threading.Lock()}
    if text.startswith("large"):
        return text, [base64.b85encode(os.urandom(90_000)).decode(), text]
    shared.append(text)
    return text, [*(words or []), text]

def once(text, words):
    return text, [text]

def rival(text, words):
    with aws.dynamodb() as client:
        for item in client.scan(TableName="state")["Items"]:
            if item["pk"]["S"].startswith("S#"):
                client.update_item(TableName="state", Key={"pk": item["pk"]},
                                   UpdateExpression="SET v = v + :one, d = :d",
                                   ExpressionAttributeValues={":one": {"N": "1"}, ":d": {"B": b"no payload PERSON"}})
    return text, [*(words or []), text]

def parts(text):
    yield text
    raise RuntimeError(f"in the middle of {text}")

def check(text, words):
    return gr.validate("bad" not in text, f"{text} is not allowed")

with gr.Blocks() as demo:
    text, shown, words = gr.Textbox(label="Text"), gr.Textbox(label="Shown"), gr.State([])
    number = gr.Number(minimum=1)
    gr.Button().click(work, [text, words], [shown, words], api_name="work")
    gr.Button().click(once, [text, words], [shown, words], api_name="once", concurrency="error")
    gr.Button().click(rival, [text, words], [shown, words], api_name="rival", concurrency="error")
    gr.Button().click(parts, text, shown, api_name="parts")
    gr.Button().click(lambda n: n, number, shown, api_name="number")
    gr.Button().click(work, [text, words], [shown, words], api_name="checked", validator=check)
handler = gr.handler(demo)
start()
door = Door(handler, Context(1))
who = {"cookie": "name=PERSON", "x-custom": "PERSON", "user-agent": "PERSON", "referer": "https://PERSON.example"}
page = door.run("hello PERSON", api="work", headers={SESSION: "new", **who})
token = page.headers[SESSION]
for kind in ("plain", "raise", "error", "int", "unstorable", "large"):
    for api in ("work", "once", "rival", "parts", "checked"):
        door.run(f"{kind} PERSON", api=api, headers={SESSION: token, **who}, query={"q": "PERSON"})
        door.run(f"{kind} PERSON", api=api, session="hash-of-PERSON")
    door.queue(f"{kind} PERSON", fn_index=0, session="hash-of-PERSON")
    door.queue(f"{kind} PERSON", fn_index=3, session="hash-of-PERSON")
    door.call(f"{kind} PERSON", api="work", session_hash="hash-of-PERSON")
door.run("bad PERSON", api="checked", session="hash-of-PERSON")
door.run("PERSON", api="number")
door.run(["PERSON"], {"PERSON": 1}, "PERSON", api="work")
door.run("x", api="PERSON")
door("POST", "/gradio_api/run/work", body=b"PERSON is no JSON", headers={"content-type": "application/json"})
door("POST", "/gradio_api/run/work", json={"data": "PERSON", "session_hash": 5})
door.run("x", api="work", session="PERSON" * 100)
door.run("x", api="work", headers={SESSION: token + "PERSON"})
door.run("x", api="work", headers={SESSION: token, "x-adapter-version": "PERSON"})
door.get("/gradio_api/call/work/PERSON")
door.get("/gradio_api/heartbeat/hash-of-PERSON")
door.get("/gradio_api/file=uploads/PERSON/PERSON.png")
door.get("/PERSON")
door("POST", "/gradio_api/session/reset", query={"session_hash": "hash-of-PERSON"})
door("OPTIONS", "/gradio_api/run/work", headers={"origin": "https://PERSON.example"})
upload = event("http_api.post_upload")
keys = json.loads(handler(upload, Context(2))["body"])
from datetime import UTC, datetime
from adapter.aws_lambda.events import HttpRequest, to_event
form = b"\\r\\n".join([b"--b", b'content-disposition: form-data; name="files"; filename="PERSON.txt"', b"", b"PERSON",
                     b"--b--", b""])
for headers in ([("content-type", "multipart/form-data; boundary=b")], [("content-type", "multipart/form-data")]):
    request = HttpRequest("POST", "/gradio_api/upload", headers=headers, body=form)
    sent = to_event(request, request_id="upload", received=datetime.now(UTC))
    keys += json.loads(handler(sent, Context(3))["body"]) if headers[0][1].endswith("b") else []
    handler(sent, Context(3))
door.get("/gradio_api/file=" + keys[0])
from adapter.state.session import SessionId
tell([token, *token.split(".")[:1], *keys, SessionId("hash", "hash-of-PERSON").digest()])
"""


def test_a_run_through_everything_that_can_happen() -> None:
    """Every way of failing, every route, uploads, a rival in the table, with the log at its most talkative."""
    ran = on_lambda(CLOUD + EVERYTHING, AWS)
    secrets = [*ran.told[-1], KEY, *(one.rsplit("/", 2)[1] for one in ran.told[-1] if "/" in one), "PERSON"]

    assert [line for line in ran.lines if not line.get("correlation_id")] == []
    assert speaks_of(ran, secrets) == []
    statuses = {line["status"] for line in ran.closing}
    assert {200, 400, 401, 403, 404, 409, 422, 500} <= statuses
    assert {"Calls", "Failures", "Refusals", "UnresolvedConflicts", "Conflicts", "StateBytes", "Spills"} <= {
        name for line in ran.closing for name in line
    }
