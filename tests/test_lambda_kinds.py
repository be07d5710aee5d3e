"""Events that are no request, and requests that somebody has damaged: all of them get an answer."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import adapter as gr
from adapter.aws_lambda.handler import LambdaHandler
from adapter.aws_lambda.kinds import is_ping, is_request
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from tests.support.events import NAMES, event

PINGS: dict[str, Any] = {
    "nothing": None,
    "an empty event": {},
    "a schedule": {"version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {}},
    "a schedule of EventBridge Scheduler": {"source": "aws.scheduler", "detail": {}},
    "serverless-plugin-warmup": {"source": "serverless-plugin-warmup"},
    "lambda-warmer": {"warmer": True, "concurrency": 3},
    "by hand": {"ping": True},
    "by hand, too": {"keep-alive": 1},
    "Warm_Up": {"Warm_Up": True},
}
OTHERS: dict[str, Any] = {
    "SQS": {"Records": [{"messageId": "m1", "eventSource": "aws:sqs", "body": "secret"}]},
    "SNS": {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": "secret"}}]},
    "S3": {"Records": [{"eventSource": "aws:s3", "s3": {"object": {"key": "secret"}}}]},
    "Kinesis": {"Records": [{"eventSource": "aws:kinesis", "kinesis": {"sequenceNumber": "7", "data": "secret"}}]},
    "another rule of EventBridge": {"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification"},
    "a WebSocket": {"requestContext": {"connectionId": "c", "eventType": "CONNECT", "routeKey": "$connect"}},
    "an authorizer": {"type": "TOKEN", "authorizationToken": "secret", "methodArn": "arn"},
    "Cognito": {"triggerSource": "PreSignUp_SignUp", "request": {}, "response": {}},
    "CloudFormation": {"RequestType": "Create", "ResponseURL": "secret"},
    "the console's test": {"key1": "secret", "key2": "value2"},
    "a list": ["secret"],
    "a text": "secret",
    "a number": 7,
    "records that are none": {"Records": ["secret"]},
    "no records": {"Records": []},
}


@pytest.fixture(scope="module")
def served() -> Iterator[LambdaHandler]:
    """An app."""
    demo = gr.Interface(len, gr.Textbox(), gr.Number(), api_name="predict")
    yield gr.handler(demo, settings=Settings(session_keys=("k" * 32,)))
    use_warm_store(None)


@pytest.mark.parametrize("name", PINGS)
def test_a_ping_is_answered_at_once(served: LambdaHandler, name: str) -> None:
    """With nothing; no route, no store and no function of the app is asked."""
    assert served(PINGS[name], None) == {}


@pytest.mark.parametrize("name", OTHERS)
def test_another_event_is_told_what_is_answered_here(
    served: LambdaHandler, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """By a sentence for whoever invoked it, and one in the log; neither has any of the event's contents."""
    with caplog.at_level(logging.WARNING, "adapter"):
        answer = served(OTHERS[name], None)
    error = json.loads(answer["body"])["error"]
    assert answer["statusCode"] == 400
    assert "answers HTTP requests" in error
    assert "this function does nothing with" in caplog.text
    assert "secret" not in error + caplog.text


def test_a_queue_gets_its_messages_back(served: LambdaHandler) -> None:
    """Or they would be gone, although nobody has read them."""
    assert served(OTHERS["SQS"], None)["batchItemFailures"] == [{"itemIdentifier": "m1"}]
    assert served(OTHERS["Kinesis"], None)["batchItemFailures"] == [{"itemIdentifier": "7"}]


@pytest.mark.parametrize("name", NAMES)
def test_a_request_is_no_ping(name: str) -> None:
    """Every recorded one, whatever it asks for."""
    assert is_request(event(name))
    assert not is_ping(event(name))


def test_a_request_that_was_written_by_hand_is_read(served: LambdaHandler) -> None:
    """A test event with a method and a path."""
    assert served({"httpMethod": "GET", "path": "/config"}, None)["statusCode"] == 200


JUNK = st.sampled_from([None, 0, -1.5, True, "", "x", "\ud800", "é\r\nx: y", [], {}, [None], ["a", 1], {"a": None}])


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths to all parts of an event."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield (*above, key)
        yield from places(inner, (*above, key))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_request_gets_an_answer(served: LambdaHandler, data: st.DataObject) -> None:
    """Whatever stands in a part of it: nothing reaches Lambda as an exception, and nothing is the app's failure."""
    damaged = copy.deepcopy(event(data.draw(st.sampled_from(NAMES))))
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(damaged))
        *above, last = data.draw(st.sampled_from(found))
        inner = damaged
        for key in above:
            inner = inner[key]
        inner[last] = copy.deepcopy(data.draw(JUNK))
    answer = served(damaged, None)
    assert answer == {} or 200 <= answer["statusCode"] < 500, answer
