"""The smallest app, as somebody who has just installed the wheel has it: ``release_smoke.py VERSION``.

It asks the Lambda handler for the page, for one of the page's files and for an answer, and raises where one is wrong.
"""

import json
import sys
from typing import Any

import adapter as gr


def greet(name: str) -> str:
    """Return a greeting."""
    return f"Hello {name}"


demo = gr.Interface(greet, "textbox", "textbox", api_name="greet")
handler = gr.handler(demo)


def ask(path: str, body: object = None) -> str:
    """Return what the handler answers to an event of an HTTP API."""
    method = "GET" if body is None else "POST"
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "127.0.0.1", "content-type": "application/json"},
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""},
            "requestId": "release",
            "stage": "$default",
            "timeEpoch": 0,
        },
        "isBase64Encoded": False,
    }
    if body is not None:
        event["body"] = json.dumps(body)
    answer: dict[str, Any] = handler(event, None)
    if answer["statusCode"] != 200:
        raise SystemExit(f"release: {method} {path} was answered {answer['statusCode']}: {answer['body']}")
    return str(answer["body"])


def main(version: str) -> None:
    """Raise unless the installed adapter is ``version`` and serves the app."""
    if gr.__version__ != version:
        raise SystemExit(f"release: {gr.__file__} is version {gr.__version__}, not {version}")
    page = ask("/")
    if "<html" not in page:
        raise SystemExit(f"release: the page is {page[:200]!r}")
    answered = json.loads(ask("/gradio_api/run/greet", {"data": ["Ada"]}))
    if answered["data"] != ["Hello Ada"]:
        raise SystemExit(f"release: the answer is {answered}")
    print(f"release: adapter {version} of {gr.__file__} serves a page and answers")


if __name__ == "__main__":
    main(sys.argv[1])
