"""The log on Lambda."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

from adapter.gradio_api.messages import STORAGE_ERROR
from tests.support.dev import ROOT
from tests.support.on_lambda import KEY, on_lambda

FAILING = """
def fail(text):
    if text == "teapot":
        raise gr.Error(f"no {text}")
    if text == "chain":
        try:
            int(text)
        except ValueError as error:
            raise LookupError(f"not {text}") from error
    if text == "group":
        raise ExceptionGroup(f"all of {text}", [ValueError(text), KeyError(text)])
    return {}[text]

demo = gr.Interface(fail, "textbox", "textbox", api_name="predict")
handler = gr.handler(demo)
start()
"""


def test_every_line_is_json_with_the_ids_of_its_request_and_invocation() -> None:
    """By the front door's id its own log knows the request too, by Lambda's the platform's lines."""
    ran = on_lambda(
        FAILING
        + """
first = Door(handler, Context(1)).run("a", headers={SESSION: "new"})
token = first.headers.get(SESSION) or handler.app.state.service.signer.issue()
Door(handler, Context(2)).run("a", headers={SESSION: token})
Door(handler, Context(3)).run("a", headers={SESSION: token + "x"})
Door(handler, Context(4)).queue("teapot", headers={SESSION: token})
Door(handler, Context(5)).run(api="nothing")
tell(token)
"""
    )
    found = [(one["level"], one["function_request_id"]) for one in ran.others]

    assert found == [("ERROR", "invocation-1"), ("ERROR", "invocation-2"), ("INFO", "invocation-3"),
                     ("ERROR", "invocation-4"), ("INFO", "invocation-5")]  # fmt: skip
    assert [one["function_request_id"] for one in ran.closing] == [f"invocation-{n}" for n in (1, 2, 3, 4, 4, 5)]
    assert {one["correlation_id"] for one in ran.lines} == {"JKJaXmPLvHcESHA="}
    assert {one["service"] for one in ran.lines} == {"shop"}
    assert not any("taskName" in one for one in ran.lines)
    assert all(datetime.fromisoformat(one["timestamp"]).utcoffset() == timedelta(0) for one in ran.lines)
    assert [one["cold_start"] for one in ran.closing] == [True, False, False, False, False, False]
    token = ran.told[0]
    for part in (token, token.split(".")[0], token.split(".")[-1], KEY):
        assert part not in ran.output


def test_of_an_exception_the_type_and_the_places_are_told() -> None:
    """Its text may quote what a visitor typed; the code's own lines are there, the adapter's frames are not."""
    ran = on_lambda(
        FAILING
        + """
for text in ("SeCrEt", "teapot", "chain", "group"):
    Door(handler, Context(1)).run(text)
Door(handler, Context(1)).run("x", "SeCrEt")
Door(handler, Context(1)).run(api="SeCrEt")
"""
    )
    key, teapot, chain, group, inputs, api = ran.others

    assert key["exception_name"] == "KeyError"
    assert key["message"] == "a call failed: adapter.errors.FunctionFailed, from KeyError"
    assert "in fail\n" in key["exception"]
    assert "KeyError\n" in key["exception"]
    assert "endpoint.py" not in key["exception"]
    assert teapot["message"] == "a call failed: adapter.errors.Error"
    assert chain["exception_name"] == "ValueError"
    assert "\nLookupError\n" in chain["exception"]
    assert {"ExceptionGroup", "ValueError", "KeyError"} <= set(group["exception"].split())
    assert inputs["message"] == "a call was refused (422): adapter.errors.InvalidInput"
    assert api["message"] == "a call was refused (404): adapter.errors.NotFound"
    for quoted in ("SeCrEt", "no teapot", "not chain", "all of group", "'chain'"):
        assert quoted not in ran.output


def test_the_texts_of_exceptions_are_logged_where_the_settings_say_so() -> None:
    """For who may read them: then the lines are Powertools' own."""
    ran = on_lambda(
        FAILING + 'Door(handler, Context(1)).run("a secret"); Door(handler).run("teapot")',
        {"ADAPTER_LOG_ERROR_TEXT": "1"},
    )
    key, teapot = ran.others

    assert "KeyError: 'a secret'" in key["exception"]
    assert teapot["message"] == "a call failed: no teapot"


def test_what_the_store_refused_is_told_whole_but_for_the_keys() -> None:
    """The operator's log has all but most of a session's hash; the visitor reads that the storage is away."""
    ran = on_lambda(
        """
demo = gr.Interface(lambda text, words: (text, [text]), ["textbox", gr.State([])], ["textbox", gr.State()],
                    api_name="predict")
handler = gr.handler(demo)
store = handler.app.state.service.warm_store.store
from adapter.errors import StoreError
keys_read = []
def broken(keys):
    keys_read.extend(keys)
    raise StoreError(f"{keys[0]!r} was replaced 5 times while it was read. Try again.")
store.read = broken
start()
tell([Door(handler).run("a", session="ann").json["error"], keys_read[0]])
"""
    )
    [line] = ran.others
    shown, key = ran.told[0]

    assert shown == STORAGE_ERROR
    assert len(key) == len("S#shop#") + 43
    assert f"'{key[: len('S#shop#') + 6]}…' was replaced 5 times" in line["message"]
    assert key not in ran.output


def test_what_the_app_logs_and_prints_are_lines_of_its_request() -> None:
    """By ``logging``, by ``print``, in parts, on stderr, from a thread, and by Loggers of the same service."""
    ran = on_lambda(
        """
import threading, time, warnings
from aws_lambda_powertools import Logger
logger = logging.getLogger("app")
own = Logger(service="shop")

def talk(text):
    logger.info("logged %s", text)
    logging.getLogger("some.library").warning("warned")
    logging.getLogger("botocore.endpoint").debug("all that is sent")
    own.info("by Powertools", extra={"correlation_id": "mine"})
    print("printed", text, "in parts", sep="\\n", end="")
    print()
    print("\\r10 %\\r20 %", file=sys.stderr)
    print("[ERROR] of the runtime\\rTraceback")
    thread = threading.Thread(target=lambda: logger.info("from a thread"))
    thread.start()
    thread.join()
    try:
        int(text)
    except ValueError:
        logger.exception("the app's own")
    print("no end of line", end="")
    return text

demo = gr.Interface(talk, "textbox", "textbox", api_name="predict")
handler = gr.handler(demo)
print("in init")
start()
Door(handler, Context(1)).run("words", session="ann")
""",
        {"ADAPTER_LOG_LEVEL": "DEBUG"},
    )
    found = [(one["level"], one["message"]) for one in ran.others]

    assert found == [
        ("INFO", "logged words"),
        ("WARNING", "warned"),
        ("INFO", "by Powertools"),
        ("INFO", "printed"),
        ("INFO", "words"),
        ("INFO", "in parts"),
        ("WARNING", "20 %"),
        ("INFO", "[ERROR] of the runtime\nTraceback"),
        ("INFO", "from a thread"),
        ("ERROR", "the app's own"),
        ("INFO", "no end of line"),
    ]
    assert {one["correlation_id"] for one in ran.others} == {"JKJaXmPLvHcESHA=", "mine"}
    assert {one["session"] for one in ran.others} == {ran.closing[0]["session"]}
    assert "invalid literal for int() with base 10: 'words'" in ran.others[9]["exception"]


def test_an_apps_own_loggers_of_powertools_know_the_request_too() -> None:
    """Those of another service keep their own form, whether they were made before the handler or in a call."""
    ran = on_lambda(
        """
from aws_lambda_powertools import Logger
early = Logger(service="till")

def buy(text):
    early.info("early")
    Logger(service="late").info("late")
    return text

handler = gr.handler(gr.Interface(buy, "textbox", "textbox", api_name="predict"))
start()
Door(handler, Context(1)).run("a")
"""
    )
    found = [(one["service"], one["message"], one["correlation_id"]) for one in ran.others]
    assert found == [("till", "early", "JKJaXmPLvHcESHA="), ("late", "late", "JKJaXmPLvHcESHA=")]


def test_what_is_printed_as_json_stands_at_the_top_of_its_line() -> None:
    """There CloudWatch looks for an app's own metrics; the line gets the request's id besides."""
    ran = on_lambda(
        """
from aws_lambda_powertools import Metrics

def buy(text):
    metrics = Metrics(namespace="Shop", service="till")
    metrics.add_metric("Sales", unit="Count", value=1)
    metrics.flush_metrics()
    return text

handler = gr.handler(gr.Interface(buy, "textbox", "textbox", api_name="predict"))
start()
Door(handler, Context(1)).run("a")
"""
    )
    [line] = ran.others
    assert (line["Sales"], line["service"], line["correlation_id"]) == ([1.0], "till", "JKJaXmPLvHcESHA=")
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Shop"


def test_elsewhere_the_log_is_left_to_the_terminal() -> None:
    """A developer reads plain lines with whole tracebacks, and nobody takes their streams over."""
    code = """
import sys
import adapter as gr
from tests.support.http import Door
streams = sys.stdout, sys.stderr
def fail(text):
    print("printed")
    return int(text)
door = Door(gr.handler(gr.Interface(fail, "textbox", "textbox", api_name="predict")))
door.run("a word")
assert (sys.stdout, sys.stderr) == streams
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)},
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "printed\n"
    assert done.stderr.startswith("a call failed: /predict raised ValueError\nTraceback")
    assert "invalid literal for int() with base 10: 'a word'" in done.stderr
