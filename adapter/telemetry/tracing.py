"""Traces of invocations in AWS X-Ray, where the settings ask for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from adapter.errors import ConfigurationError
from adapter.settings import Settings

Answer = Callable[[dict[str, Any], Any], dict[str, Any]]


def traced(answer: Answer, settings: Settings) -> Answer:
    """Return ``answer``, with a subsegment for each invocation and its requests to AWS if tracing is on.

    Neither answers nor exceptions go into the trace: they have in them what visitors typed.

    Raises:
        ConfigurationError: tracing is on, and X-Ray's package is not installed.
    """
    if not settings.tracing:
        return answer
    from aws_lambda_powertools import Tracer  # X-Ray's package costs 0.3 s of a cold start

    try:
        tracer = Tracer(service=settings.app, patch_modules=["botocore"])
    except ImportError as error:
        raise ConfigurationError(
            'ADAPTER_TRACING is on and aws-xray-sdk is not installed; package "serverless-function-adapter[tracing]", '
            "or turn it off."
        ) from error
    wrapped = tracer.capture_lambda_handler(answer, capture_response=False, capture_error=False)
    return cast(Answer, wrapped)
