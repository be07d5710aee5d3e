"""The behaviours behind a stage: the path begins with ``/prod``, and the event says that this is no part of the app."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

STAGE = "prod"

_spec = spec_from_file_location("behaviours", Path(__file__).with_name("behaviours.py"))
assert _spec is not None
assert _spec.loader is not None
_behaviours = module_from_spec(_spec)
_spec.loader.exec_module(_behaviours)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer what comes to the stage; API Gateway lets nothing else through."""
    if not event["rawPath"].startswith(f"/{STAGE}/"):
        return {"statusCode": 404, "body": '{"message": "Not Found"}', "headers": {"content-type": "application/json"}}
    staged = {**event, "requestContext": {**event["requestContext"], "stage": STAGE}}
    answer: dict[str, Any] = _behaviours.handler(staged, context)
    return answer
