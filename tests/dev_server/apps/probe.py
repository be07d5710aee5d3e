"""A Lambda handler without a framework that does, and tells, what the tests of the dev server need."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]

TOLD = ("ADAPTER_APP", "ADAPTER_STORE", "ADAPTER_FILES", "ADAPTER_SESSION_KEYS", "ADAPTER_ENVIRONMENT")


def tell(event: Event, context: Any) -> Any:
    """Answer who answers, and what it was asked."""
    return {
        "pid": os.getpid(),
        "event": event,
        "environ": {name: os.environ.get(name) for name in TOLD},
        "argv": sys.argv,
        "path": sys.path[0],
        "name": __name__,
        "context": {name: getattr(context, name) for name in type(context).__slots__},
        "remaining_ms": context.get_remaining_time_in_millis(),
    }


def work(event: Event, context: Any) -> Any:
    """Answer when the work began and ended, by the clock that all processes share."""
    begun = time.monotonic()
    time.sleep(0.03)
    return {"pid": os.getpid(), "begun": begun, "ended": time.monotonic()}


def fork_and_die(event: Event, context: Any) -> Any:
    """Leave a process behind that holds everything this one had open, and end."""
    if child := os.fork():
        print(f"left behind: {child}")
        os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()


def debug(event: Event, context: Any) -> Any:
    """Stop in the debugger."""
    breakpoint()
    return {"debugged": True}


def fail(event: Event, context: Any) -> Any:
    """Raise."""
    raise RuntimeError("no luck")


def mirror(event: Event, context: Any) -> Any:
    """Send the body and the cookies back."""
    return {
        "statusCode": 200,
        "headers": {"content-type": event["headers"].get("content-type", "")},
        "cookies": [f"{cookie}; Path=/" for cookie in event.get("cookies", [])],
        "body": event.get("body", ""),
        "isBase64Encoded": event["isBase64Encoded"],
    }


ROUTES: dict[str, Callable[[Event, Any], Any]] = {
    "/work": work,
    "/mirror": mirror,
    "/debug": debug,
    "/fail": fail,
    "/fork-and-die": fork_and_die,
    "/die": lambda event, context: os.kill(os.getpid(), signal.SIGKILL),
    "/exit": lambda event, context: sys.exit(3),
    "/hang": lambda event, context: threading.Event().wait(),
    "/large": lambda event, context: {"statusCode": 200, "body": "x" * 7_000_000},
    "/unreadable": lambda event, context: {"statusCode": "many"},
    "/no-json": lambda event, context: {"statusCode": 200, "body": object()},
}


def handler(event: Event, context: Any) -> Any:
    """Route by the path; tell where it leads nowhere."""
    return ROUTES.get(event["rawPath"], tell)(event, context)
