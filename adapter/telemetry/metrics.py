"""What is told of each invocation: one line that closes it, which is also its metrics.

Source of the metrics' form:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools.metrics import EphemeralMetrics

from adapter.settings import Settings
from adapter.telemetry import log
from adapter.telemetry.invocation import Figure, Invocation, current

UNITS = {Figure.LEASE_WAIT: "Milliseconds", Figure.STATE_BYTES: "Bytes"}
"""Of what is no plain count."""

ALWAYS = (Figure.CALLS, Figure.DYNAMODB_REQUESTS)
"""Written also when they are 0, wherever a function was called: the others are measured against them."""

MOST_VALUES = 100
"""Values that one line may have of one metric; from the specification."""

LONGEST_ID = 200

TRACE_HEADER = "x-amzn-trace-id"
"""How a load balancer names a request. Source:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html"""

logger = logging.getLogger("adapter")


class Telemetry:
    """The log and the metrics of one execution environment.

    Args:
        settings: of the deployment.
    """

    def __init__(self, settings: Settings) -> None:
        self._lines = log.log_to_lambda(settings)
        self._service = settings.app
        self._namespace = settings.metrics_namespace
        self._metrics = settings.on_lambda if settings.metrics is None else settings.metrics
        self.is_cold = not settings.provisioned

    @contextmanager
    def invocation(self, event: Mapping[str, Any], context: Any) -> Iterator[Invocation]:
        """Count and log what happens in the block as this invocation's; closes with its line.

        Args:
            event: what Lambda handed over.
            context: likewise; whatever it is where there is no Lambda.
        """
        request_id = getattr(context, "aws_request_id", None)
        running = Invocation(correlation_id(event, request_id), request_id, cold_start=self.is_cold)
        self.is_cold = False
        if running.cold_start:
            running.figures[Figure.COLD_STARTS] = [1]
        started = time.perf_counter()
        token = current.set(running)
        log.latest = running
        try:
            yield running
        except Exception as error:
            logger.error("the invocation failed: %s", error, exc_info=error)
            raise
        finally:
            log.end_lines()
            self._close(running, (time.perf_counter() - started) * 1_000)
            current.reset(token)

    def _close(self, running: Invocation, milliseconds: float) -> None:
        metrics = self._blob(running)
        if not metrics and (self._lines is None or not logger.isEnabledFor(logging.INFO)):
            return
        ended = {"route": running.route, "status": running.status, "duration_ms": round(milliseconds, 1)}
        if self._lines is None:
            line = json.dumps({**metrics, **log.known_facts(), **ended}, separators=(",", ":"))
            print(line, flush=True)  # noqa: T201 - who switches metrics on here wants to see them
            return
        text = f"{running.route or 'no request'}: {running.status or 'failed'} in {milliseconds:.0f} ms"
        # Not by the logger, whose level may keep it back: the metrics must come through.
        record = logging.LogRecord(logger.name, logging.INFO, "", 0, text, None, None, func="invocation")
        record.__dict__.update({**metrics, **ended})
        self._lines.handle(record)

    def _blob(self, running: Invocation) -> dict[str, Any]:
        """Return the metrics as CloudWatch reads them out of a line; empty where nothing was counted."""
        if not self._metrics or not running.figures:
            return {}
        metrics = EphemeralMetrics(namespace=self._namespace, service=self._service)
        figures = dict(running.figures)
        if Figure.CALLS in figures:
            figures = {**{figure: [0.0] for figure in ALWAYS}, **figures}
        for figure, values in figures.items():
            for value in values[:MOST_VALUES] if figure is Figure.STATE_BYTES else [sum(values)]:
                metrics.add_metric(figure, unit=UNITS.get(figure, "Count"), value=round(value, 1))
        return dict(metrics.serialize_metric_set())


def correlation_id(event: Mapping[str, Any], request_id: str | None) -> str:
    """Return the id by which the front door knows a request too, or Lambda's where it gives none.

    API Gateway and Function URLs have one in the event; a load balancer has a header.
    """
    context = event.get("requestContext") or {}
    found = context.get("requestId") or _trace(event) or request_id or "unknown"
    return str(found)[:LONGEST_ID]


def _trace(event: Mapping[str, Any]) -> str | None:
    for part in ("headers", "multiValueHeaders"):
        headers = event.get(part)
        for name, value in headers.items() if isinstance(headers, Mapping) else ():
            if str(name).lower() == TRACE_HEADER and value:
                return str(value[0] if isinstance(value, list) else value)
    return None


def patterns(app: Any, prefix: str = "") -> dict[Any, str]:
    """Return the patterns of an app's routes, and of what is mounted in it, by what answers there."""
    found: dict[Any, str] = {}
    for route in getattr(app, "routes", None) or ():
        inner, path = getattr(route, "app", None), f"{prefix}{getattr(route, 'path', '')}"
        endpoint = getattr(route, "endpoint", None)
        if endpoint is None and inner is not None:
            found |= patterns(inner, path)
        else:
            found[endpoint] = path
    return found


def route_of(scope: Mapping[str, Any], patterns: Mapping[Any, str]) -> str:
    """Return the pattern that a request's path fits, never the path: it may hold a file's key or a call's id.

    Args:
        scope: as the app has left it.
        patterns: by what answers there; for plain routes, which do not leave theirs in the scope.
    """
    pattern = getattr(scope.get("route"), "path", None) or patterns.get(scope.get("endpoint"))
    return f"{scope['method']} {pattern or 'unknown path'}"
