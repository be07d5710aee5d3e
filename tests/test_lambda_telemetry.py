"""The line that closes an invocation, and its metrics."""

from __future__ import annotations

import re
from typing import Any

import pytest

from adapter.telemetry.invocation import Figure
from adapter.telemetry.metrics import UNITS, correlation_id
from tests.support.dev import ROOT
from tests.support.events import NAMES, event
from tests.support.on_lambda import AWS, CLOUD, Ran, on_lambda

APP = """
import base64, os, threading, time
shared = gr.GlobalState(0, name="shared")
beaten = []

def add(text, words):
    return text, [*(words or []), text]

def quiet(text):
    return text

def large(text, words):
    return text, base64.b85encode(os.urandom(90_000)).decode()

def raced(text, words):
    "Somebody else is quicker, once."
    if not beaten:
        beaten.append(text)
        rival = threading.Thread(target=Door(other).run, args=("quick",), kwargs={"session": "ann", "api": "add"})
        rival.start()
        rival.join()
    return text, [*(words or []), text]

def fail(text):
    raise (gr.Error if text == "error" else ValueError)(text)

with gr.Blocks() as demo:
    text, shown, words = gr.Textbox(), gr.Textbox(), gr.State()
    for fn, chosen in [(add, {}), (large, {}), (raced, {}), (raced, {"concurrency": "error", "api_name": "strict"}),
                       (add, {"concurrency": "lease", "api_name": "locked"})]:
        gr.Button().click(fn, [text, words], [shown, words], **{"api_name": fn.__name__, **chosen})
    gr.Button().click(quiet, text, shown, api_name="quiet")
    gr.Button().click(fail, text, shown, api_name="fail")
handler = gr.handler(demo)
other = gr.handler(demo)
other._telemetry._metrics = False
door = Door(handler, Context(1))
"""


def metrics(line: dict[str, Any]) -> dict[str, list[float]]:
    """Return the values of a line's metrics, as CloudWatch finds them: by its own list of names."""
    if "_aws" not in line:
        return {}
    [directive] = line["_aws"]["CloudWatchMetrics"]
    assert directive["Dimensions"] == [["service"]]
    return {one["Name"]: line[one["Name"]] for one in directive["Metrics"]}


def of(ran: Ran) -> list[dict[str, list[float]]]:
    """Return the metrics of each invocation."""
    return [metrics(line) for line in ran.closing]


def test_calls_requests_and_state_are_counted() -> None:
    """A first call reads and writes, one without state does neither; what is large goes to the bucket."""
    ran = on_lambda(
        CLOUD
        + APP
        + """
start()
door.run("a", api="add", session="ann")
door.run("a", api="quiet")
door.run("a", api="large", session="bob")
door.get("/config")
""",
        AWS,
    )
    first, quiet, large, config = of(ran)

    [size] = first.pop("StateBytes")
    assert first == {"Calls": [1], "DynamoDBRequests": [2], "ColdStarts": [1]}
    assert 10 < size < 100
    assert quiet == {"Calls": [1], "DynamoDBRequests": [0]}
    assert large.pop("StateBytes")[0] > 65_536
    assert large == {"Calls": [1], "DynamoDBRequests": [2], "Spills": [1]}
    assert config == {}
    line = ran.closing[0]
    assert (line["service"], line["endpoint"], line["status"]) == ("shop", "/add", 200)
    assert line["route"] == "POST /gradio_api/run/{api_name}"
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "ServerlessFunctionAdapter"


def test_conflicts_reruns_and_waits_are_counted() -> None:
    """A call that lost runs again; one that may not is answered 409; one that is locked out waits."""
    ran = on_lambda(
        CLOUD
        + APP
        + """
from adapter.state.session import SessionId, session_key
start()
door.run("a", api="raced", session="ann")
beaten.clear()
door.run("a", api="strict", session="ann")
store = handler.app.state.service.warm_store.store
store.lock(session_key("shop", SessionId("hash", "ann")), b"somebody", int((time.time() + 0.6) * 1000))
door.run("a", api="locked", session="ann")
""",
        AWS,
    )
    raced, strict, locked = [line for line in of(ran) if line]

    assert (raced["Calls"], raced["Reruns"], raced["Conflicts"]) == ([1], [1], [1])
    assert (strict["Calls"], strict["Conflicts"], strict["UnresolvedConflicts"]) == ([1], [1], [1])
    assert not {"Reruns", "Failures", "Refusals"} & set(strict)
    assert 50 <= locked["LeaseWait"][0] <= 5_000


def test_failures_and_refusals_are_told_apart() -> None:
    """What an operator must look at, and what a caller got wrong or was told by the function."""
    ran = on_lambda(
        APP
        + """
start()
door.run("x", api="fail")
door.run("error", api="fail")
door.run({"no": "text"}, api="nothing")
door.queue("x", fn_index=6)
"""
    )
    found = of(ran)

    assert found[0] == {"Calls": [1], "DynamoDBRequests": [0], "ColdStarts": [1], "Failures": [1]}
    assert found[1] == {"Calls": [1], "DynamoDBRequests": [0], "Refusals": [1]}
    assert found[2] == {"Refusals": [1]}
    assert found[3] == {}
    assert (found[4]["Calls"], found[4]["Failures"]) == ([1], [1])


def test_the_metrics_come_through_whatever_the_level() -> None:
    """The level is for reading; without metrics it keeps the closing lines back as well."""
    code = APP + 'start(); door.run("x", api="quiet"); door.get("/config")'
    loud = on_lambda(code, {"ADAPTER_LOG_LEVEL": "ERROR", "ADAPTER_METRICS_NAMESPACE": "Shop"})
    silent = on_lambda(code, {"ADAPTER_LOG_LEVEL": "ERROR", "ADAPTER_METRICS": "0"})
    plain = on_lambda(code, {"ADAPTER_METRICS": "0"})

    assert [line["_aws"]["CloudWatchMetrics"][0]["Namespace"] for line in loud.lines] == ["Shop"]
    assert silent.output == ""
    assert [("_aws" in line, line["status"]) for line in plain.lines] == [(False, 200), (False, 200)]


def test_an_environment_that_was_started_ahead_is_not_cold() -> None:
    """With provisioned concurrency nobody waited for it."""
    code = APP + 'start(); door.run("x", api="quiet")'
    [line] = on_lambda(code, {"AWS_LAMBDA_INITIALIZATION_TYPE": "provisioned-concurrency"}).lines
    assert (line["cold_start"], "ColdStarts" in line) == (False, False)


def test_an_event_that_is_no_request_is_told() -> None:
    """It is answered, and the line has its invocation's id and none of its contents."""
    ran = on_lambda(
        APP
        + """
start()
tell(handler({"key": "a secret"}, Context(7))["statusCode"])
"""
    )
    told, closing = ran.lines

    assert ran.told == [400]
    assert (told["level"], told["correlation_id"]) == ("WARNING", "invocation-7")
    assert "a secret" not in ran.output
    assert (closing["message"].split(" in ")[0], closing["correlation_id"]) == ("another event: 400", "invocation-7")


def test_metrics_are_written_elsewhere_only_when_asked_for() -> None:
    """Off for the dev server and tests; with the switch, one line a call on stdout."""
    without_lambda = {"AWS_LAMBDA_FUNCTION_NAME": "", "ADAPTER_METRICS": "1"}
    code = 'import os\ndel os.environ["AWS_LAMBDA_FUNCTION_NAME"]\n' + APP + 'start(); door.run("x", api="quiet")'
    [line] = on_lambda(code, without_lambda).lines
    silent = on_lambda(code, {**without_lambda, "ADAPTER_METRICS": ""})

    assert (line["Calls"], line["endpoint"], line["status"]) == ([1], "/quiet", 200)
    assert silent.output == ""


@pytest.mark.parametrize("name", NAMES)
def test_each_front_door_names_its_request(name: str) -> None:
    """API Gateway and Function URLs by the event's id, load balancers by the trace header."""
    found = event(name)
    context = found["requestContext"]
    headers = {
        **{key.lower(): value for key, value in (found.get("headers") or {}).items()},
        **{key.lower(): values[0] for key, values in (found.get("multiValueHeaders") or {}).items()},
    }
    expected = context["requestId"] if "elb" not in context else headers["x-amzn-trace-id"]

    assert correlation_id(found, "invocation") == expected


def test_without_a_front_door_the_invocation_names_itself() -> None:
    """A batch of the table's stream, a test event; and what a caller sends does not grow the log."""
    assert correlation_id({"Records": []}, "invocation") == "invocation"
    assert correlation_id({}, None) == "unknown"
    assert len(correlation_id({"requestContext": {}, "headers": {"X-Amzn-Trace-Id": "x" * 5_000}}, None)) == 200


def test_the_documentation_has_every_metric_with_its_unit() -> None:
    """Alarms and dashboards are made from that table."""
    table = re.findall(r"^\| `(\w+)` \| (\w+) \|", (ROOT / "docs/observability.md").read_text("utf-8"), re.MULTILINE)
    assert table == [(figure.value, UNITS.get(figure, "Count")) for figure in Figure]
