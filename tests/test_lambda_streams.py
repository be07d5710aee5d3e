from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

import adapter as gr
from adapter.aws_lambda.handler import LambdaHandler
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from adapter.state.stores.provision import create_bucket, create_table
from tests.support import aws
from tests.support.events import event

TABLE, BUCKET = "streamed", "streamed-bucket"
ENDED: list[Any] = []


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[LambdaHandler]:
    """An app whose State tells when it is dropped, over a table and a bucket."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", aws.REGION)
    ENDED.clear()
    with gr.Blocks() as demo:
        text, shown = gr.Textbox(), gr.Textbox()
        cart = gr.State([], delete_callback=ENDED.append)

        def add(item: str, items: list[str]) -> tuple[str, list[str]]:
            return item[:3], [*items, item]

        gr.Button().click(add, [text, cart], [shown, cart], api_name="add")
    with mock_aws(), aws.dynamodb() as dynamodb, aws.s3() as s3:
        create_table(dynamodb, TABLE)
        create_bucket(s3, BUCKET)
        settings = Settings(store=f"dynamodb://{TABLE}", state_bucket=BUCKET, session_keys=("k" * 32,))
        yield gr.handler(demo, settings=settings)
    use_warm_store(None)


def removal(*, by_ttl: bool = True) -> dict[str, Any]:
    """Delete the table's session as DynamoDB does, and return the stream's event of it."""
    with aws.dynamodb() as dynamodb:
        (item,) = dynamodb.scan(TableName=TABLE)["Items"]
        dynamodb.delete_item(TableName=TABLE, Key={"pk": item["pk"]})
    image: dict[str, dict[str, Any]] = {
        name: {
            kind: base64.b64encode(value).decode() if kind == "B" else value
            for kind, value in dict[str, Any](attribute).items()
        }
        for name, attribute in item.items()
    }
    record: dict[str, Any] = {
        "eventID": "1",
        "eventName": "REMOVE",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"Keys": {"pk": item["pk"]}, "OldImage": image, "StreamViewType": "OLD_IMAGE"},
    }
    if by_ttl:
        record["userIdentity"] = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    found: dict[str, Any] = json.loads(json.dumps({"Records": [record]}))
    return found


def add(served: LambdaHandler, item: str) -> None:
    """Put ``item`` into Ann's cart."""
    answer = served(
        event("http_api.post_run", path="/gradio_api/run/add", json={"data": [item], "session_hash": "ann"}), None
    )
    assert answer["statusCode"] == 200


@pytest.mark.parametrize("item", ["milk", "m" * 500_000], ids=["inline", "spilled"])
def test_an_expired_sessions_states_are_told(served: LambdaHandler, item: str) -> None:
    """The table's stream hands over the last image, and the callback gets the value, from S3 too."""
    add(served, item)
    assert served(removal(), None) == {"batchItemFailures": []}
    assert [[item]] == ENDED


def test_other_deletions_are_not_expiries(served: LambdaHandler) -> None:
    """What a reset deleted has been told by the reset."""
    add(served, "milk")
    served(removal(by_ttl=False), None)
    assert ENDED == []


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "no record",
        {},
        {"eventName": "REMOVE", "eventSource": "aws:dynamodb"},
        {"eventName": "REMOVE", "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"}},
        "not base64",
        "no image",
        "an object that is gone",
    ],
)
def test_a_bad_record_does_not_repeat_its_batch(
    served: LambdaHandler, bad: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The others of the batch are told of once, before it and behind it; the log has the bad one."""
    add(served, "milk")
    good = removal()["Records"][0]
    if bad == "not base64":
        bad = json.loads(json.dumps(good))
        bad["dynamodb"]["OldImage"]["d"] = {"B": "%"}
    if bad == "no image":
        bad = {**good, "dynamodb": {"Keys": good["dynamodb"]["Keys"]}}
    if bad == "an object that is gone":
        bad = json.loads(json.dumps(good))
        bad["dynamodb"]["OldImage"].pop("d")
        bad["dynamodb"]["OldImage"]["k"] = {"S": "state/nowhere"}
    assert served({"Records": [bad, good, bad]}, None) == {"batchItemFailures": []}
    assert ENDED == [["milk"]]
