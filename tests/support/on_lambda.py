"""An app as Lambda runs it, in a process of its own, since it takes the process's log over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.support.dev import ROOT

KEY = "a-key-for-tests-of-32-bytes-0123"
START = "-- the runtime has loaded the app --"

BEGIN = f"""
import json, logging, sys
import adapter as gr
from tests.support.http import Door, SESSION

class Context:
    def __init__(self, number): self.aws_request_id = f"invocation-{{number}}"
    def get_remaining_time_in_millis(self): return 10_000

logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))  # as Lambda's runtime has one
told, said = sys.stdout, sys.stderr
def start():
    told.write("{START}\\n")
def tell(value):
    "Say something to the test, past the log."
    said.write(json.dumps(value) + "\\n")
"""

AWS = {
    "ADAPTER_STORE": "dynamodb://state",
    "ADAPTER_STATE_BUCKET": "state-bucket",
    "ADAPTER_FILES": "s3://files-bucket/kept",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "ADAPTER_LOG_LEVEL": "DEBUG",
}
"""Variables of a deployment with a table and two buckets, that logs all there is."""

CLOUD = """
from moto import mock_aws
from tests.support import aws
from adapter.state.stores.provision import create_bucket, create_table
mock_aws().start()
with aws.dynamodb() as client:
    create_table(client, "state")
with aws.s3() as client:
    create_bucket(client, "state-bucket")
    create_bucket(client, "files-bucket")
"""
"""Code that makes what those variables name, in moto."""


@dataclass(frozen=True)
class Ran:
    """What the process wrote.

    Attributes:
        output: all of its log, from ``start()`` on.
        told: what the code gave to ``tell()``.
    """

    output: str
    told: list[Any]

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The log's lines; fails where one is not JSON."""
        return [json.loads(line) for line in self.output.splitlines()]

    @property
    def closing(self) -> list[dict[str, Any]]:
        """The lines that close invocations."""
        return [line for line in self.lines if "route" in line or "duration_ms" in line]

    @property
    def others(self) -> list[dict[str, Any]]:
        """The lines that do not."""
        return [line for line in self.lines if "duration_ms" not in line]


def on_lambda(code: str, environment: Mapping[str, str] | None = None) -> Ran:
    """Run ``code`` after `BEGIN` with Lambda's variables; it calls ``start()`` when the app is loaded."""
    variables = {
        "PATH": "/usr/bin",
        "PYTHONPATH": str(ROOT),
        "AWS_LAMBDA_FUNCTION_NAME": "app",
        "ADAPTER_STORE": "memory:",
        "ADAPTER_SESSION_KEYS": KEY,
        "ADAPTER_APP": "shop",
        **(environment or {}),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + code],
        capture_output=True,
        text=True,
        env=variables,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Ran(done.stdout.partition(f"{START}\n")[2], [json.loads(line) for line in done.stderr.splitlines()])
