"""Cold start: from the start of the process to the first answer, under AWS's own runtime client.

python -m benchmarks.cold_start [ROUNDS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.emulator import TABLE, emulator
from benchmarks.measure import Figures, interleaved, ratios
from benchmarks.runtime_api import Invocation, RuntimeAPI, runtime_api
from benchmarks.visitor import APPS, KEYS
from tests.support.events import event

ROOT = Path(__file__).parent.parent
ROUNDS = 15
PATIENCE_SECONDS = 60

OURS = "functions.interface_state.app.handler"
REFERENCE = "Mangum + FastAPI + boto3, DynamoDB"
VARIANTS: dict[str, tuple[str, dict[str, str]]] = {
    "bare function": (f"{APPS}.bare.handler", {}),
    "Mangum + FastAPI, no state": (f"{APPS}.bare_echo.handler", {}),
    REFERENCE: (f"{APPS}.bare_dynamodb.handler", {"TABLE": TABLE}),
    "adapter, memory": (OURS, {"ADAPTER_STORE": "memory:"}),
    "adapter, DynamoDB": (OURS, {}),
}


def first_answer(
    api: RuntimeAPI, handler: str, environment: Mapping[str, str], *, folder: Path = ROOT, python: str = sys.executable
) -> Figures:
    """Start an execution environment, have it answer one call, and return how long that took.

    Args:
        api: what hands out the call.
        handler: ``module.name``.
        environment: variables of the deployment.
        folder: where the function lies; found first by its imports.
        python: an interpreter with ``awslambdaric``.

    Raises:
        RuntimeError: the answer is not a success.
    """
    body = {"data": ["hello", None], "session_hash": os.urandom(6).hex()}
    invocation = api.invocation = Invocation(event("http_api.post_run", json=body))
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    variables = {
        **inherited,
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_LAMBDA_FUNCTION_NAME": "benchmark",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/benchmark",
        "AWS_LAMBDA_LOG_STREAM_NAME": "benchmark",
        "ADAPTER_SESSION_KEYS": KEYS,
        **environment,
    }
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [python, "-m", "awslambdaric", handler], cwd=folder, env=variables, stdout=output, stderr=output
        )
        try:
            invocation.answered.wait(PATIENCE_SECONDS)
        finally:
            process.kill()
            _, process.returncode, used = os.wait4(process.pid, 0)
        output.seek(0)
        if invocation.answer.get("statusCode") != 200:
            raise RuntimeError(f"{handler} answered {invocation.answer or 'nothing'}:\n{output.read().decode()}")
    return {
        "wall, ms": (invocation.seconds - started) * 1_000,
        "CPU, ms": (used.ru_utime + used.ru_stime) * 1_000,
    }


def run(rounds: int = ROUNDS) -> str:
    """Measure and return the Markdown."""
    with emulator() as environment, runtime_api() as api:
        samples = interleaved(
            {
                name: lambda handler=handler, own=own: first_answer(api, handler, {**environment, **own})  # type: ignore[misc]
                for name, (handler, own) in VARIANTS.items()
            },
            rounds=rounds,
        )
    return ratios(samples, REFERENCE)


if __name__ == "__main__":
    print(run(*map(int, sys.argv[1:])))
