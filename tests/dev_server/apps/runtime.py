"""A Lambda handler that tells under what it runs."""

import os
import sys
from typing import Any


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer what the runtime says of itself."""
    return {
        "client": type(sys.modules["awslambdaric"]).__name__,
        "runtime_api": os.environ["AWS_LAMBDA_RUNTIME_API"],
        "function": context.function_name,
        "invocation": context.aws_request_id,
        "remaining_ms": context.get_remaining_time_in_millis(),
        "pid": os.getpid(),
        "emulator": os.getppid(),
    }
