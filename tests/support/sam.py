"""The SAM CLI: builds templates, and runs their functions in Lambda's containers over emulators of DynamoDB and S3."""

from __future__ import annotations

import ipaddress
import json
import os
import platform
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.provision import create_bucket, create_table
from tests.support import aws
from tests.support.dev import ROOT, DevServer
from tests.support.ministack import running_ministack

SAM = ROOT / ".venv-sam" / "bin" / "sam"
TABLE = BUCKET = "sam-local"
DESKTOP_HOST = "host.docker.internal"
"""This machine, as containers of Docker Desktop call it. Source: https://docs.docker.com/desktop/features/networking/"""

ARCHITECTURE = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
"""This machine's processor, in Lambda's words: containers of another one would be emulated, or not start."""

START_SECONDS = 300.0
"""With warm containers all of them are started first; on a busy machine each takes its time."""

_RESOURCE = re.compile(r"^  \w+:\n(?:    .*\n|\n)+", re.MULTILINE)
"""A resource in a template that SAM has written."""

_REPORT = re.compile(r"REPORT RequestId: \S+.*?\tDuration: ([\d.]+) ms", re.DOTALL)


@dataclass(frozen=True)
class Cloud:
    """What stands for AWS on this machine.

    Attributes:
        url: where containers find it.
        store: the table's, opened from outside.
    """

    url: str
    store: DynamoDBStore

    @property
    def variables(self) -> dict[str, str]:
        """The variables of a deployment; all of them are declared in the templates."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "ADAPTER_STORE": f"dynamodb://{TABLE}",
            "ADAPTER_STATE_BUCKET": BUCKET,
            "ADAPTER_FILES": f"s3://{BUCKET}/files",
            "ADAPTER_SESSION_KEYS": "of-this-machine-only-and-no-secret-at-all",
        }


@contextmanager
def cloud() -> Iterator[Cloud]:
    """Run the emulator, with a table and a bucket, where containers reach it."""
    host, seen_as = _gateway()
    with running_ministack(host) as url:
        with aws.s3(url) as storage:
            create_bucket(storage, BUCKET)
        with aws.dynamodb(url) as client:
            create_table(client, TABLE)
            yield Cloud(f"http://{seen_as}:{urlsplit(url).port}", DynamoDBStore(client, TABLE))


def _gateway() -> tuple[str, str]:
    """Return an address of this machine that containers reach, and what they call it."""
    told = subprocess.run(
        ["docker", "network", "inspect", "bridge"], capture_output=True, text=True, check=True, timeout=60
    )
    for one in json.loads(told.stdout)[0]["IPAM"]["Config"]:
        address = one.get("Gateway") or str(next(ipaddress.ip_network(one["Subnet"]).hosts()))
        with socket.socket() as probe:
            try:
                probe.bind((address, 0))
            except OSError:
                continue  # Docker runs in a machine of its own, which brings containers to this one's loopback
            return address, address
    return "127.0.0.1", DESKTOP_HOST


def sam(*arguments: str | Path, cwd: Path = ROOT, timeout_seconds: float = 600) -> str:
    """Run the SAM CLI to its end; return what it said.

    Raises:
        AssertionError: it failed.
    """
    ran = subprocess.run(
        [SAM, *arguments],
        cwd=cwd,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout_seconds,
        check=False,
    )
    assert ran.returncode == 0, f"sam {' '.join(map(str, arguments))}:\n{ran.stdout}"
    return ran.stdout


def sam_build(template: Path, out: Path) -> str:
    """Build a template's functions for this machine's processor; ``out`` is then a folder with their template.

    A function whose image is made apart is left out of it: SAM does not look at the condition under which it is
    there, and warm containers do not start where one of them cannot.
    """
    said = sam(
        *("build", "--template-file", template, "--build-dir", out),
        *("--parameter-overrides", f"Architecture={ARCHITECTURE}"),
    )
    built = out / "template.yaml"
    built.write_text(_RESOURCE.sub(_unless_an_image, built.read_text("utf-8")), "utf-8")
    return said


def _unless_an_image(resource: re.Match[str]) -> str:
    return "" if "PackageType: Image" in resource[0] else resource[0]


class Api(DevServer):
    """A running ``sam local start-api``."""

    @property
    def milliseconds(self) -> list[float]:
        """How long each invocation took inside its environment, in their order; with the import, in a new one."""
        return [float(one) for one in _REPORT.findall(self.output)]


@contextmanager
def start_api(built: Path, cloud: Cloud, *arguments: str, port: int | None = None) -> Iterator[Api]:
    """Run ``sam local start-api`` over a folder of `sam_build`, from when it answers.

    Args:
        built: that folder.
        cloud: what the functions keep their state in.
        arguments: further options of ``sam local start-api``.
        port: to listen on; any free one unless given.
    """
    with tempfile.TemporaryDirectory() as folder:
        variables = Path(folder, "variables.json")
        variables.write_text(json.dumps({"Parameters": cloud.variables}), "utf-8")
        command: list[str | Path] = [
            *(SAM, "local", "start-api", "--template-file", built / "template.yaml", "--env-vars", variables),
            *("--port", str(_free_port() if port is None else port)),
            *("--parameter-overrides", f"Architecture={ARCHITECTURE}", *arguments),
        ]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**_environment(), "AWS_ENDPOINT_URL_STS": cloud.url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        api = Api(process)
        try:
            api.wait_for("Running on http", patience_seconds=START_SECONDS)
            yield api
        finally:
            api.end()


def memory() -> dict[str, str]:
    """Return how much memory each of SAM's containers uses now, by its number."""
    listed = _docker("ps", "--quiet", "--filter", "label=sam.cli.container.type=lambda").split()
    if not listed:
        return {}
    lines = _docker("stats", "--no-stream", "--format", "{{.ID}} {{.MemUsage}}", *listed).splitlines()
    return {line.split()[0]: line.split()[1] for line in lines}


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "AWS_DEFAULT_REGION": aws.REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "SAM_CLI_TELEMETRY": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
