"""The handler, over DynamoDB and S3, with the events of every way into Lambda."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto import mock_aws
from mypy_boto3_s3 import S3Client

import adapter as gr
from adapter.aws_lambda.handler import LambdaHandler
from adapter.gradio_api.messages import STORAGE_ERROR
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from adapter.state.session import SessionId, session_key
from adapter.state.stores.provision import create_bucket, create_table
from adapter.web.app import create_app
from tests.support import aws
from tests.support.events import NAMES, SOURCES, event
from tests.support.http import SESSION, VERSION, Answer, Door

TABLE, BUCKET, FILES = "state", "state-bucket", "files-bucket"
KEYS = ("a-key-for-tests-of-32-bytes-0123",)
PNG = b"\x89PNG\r\n"

Start = Callable[..., LambdaHandler]


def named(ending: str) -> list[str]:
    """Return the recorded events of one request, of every source that has it."""
    return [name for name in NAMES if name.endswith(ending)]


def app() -> gr.Blocks:
    """An app with a State, a GlobalState, and a function that tells what it knows of its request."""
    everybody: gr.GlobalState[list[str]] = gr.GlobalState([], name="everybody")

    def remember(message: str, before: list[str]) -> tuple[list[str], list[str]]:
        return [*before, message], [*before, message]

    def share(message: str) -> list[str]:
        everybody.append(message)
        return list(everybody)

    def tell(request: gr.Request) -> dict[str, Any]:
        return {
            "url": request.url,
            "client": request.client.host,
            "headers": dict(request.headers),
            "query": dict(request.query_params),
            "cookies": dict(request.cookies),
            "method": request.method,
        }

    with gr.Blocks() as demo:
        text, shown, words = gr.Textbox(), gr.JSON(), gr.State([])
        gr.Button().click(remember, [text, words], [shown, words], api_name="predict")
        gr.Button().click(share, text, shown)
        gr.Button().click(tell, None, shown)
        gr.Button().click(remember, [text, words], [shown, words], api_name="once", concurrency="lease")
    return demo


@pytest.fixture(scope="module")
def cloud() -> Iterator[S3Client]:
    """AWS, played by moto: a table and two buckets."""
    with pytest.MonkeyPatch.context() as patch, mock_aws(), aws.dynamodb() as dynamodb, aws.s3() as s3:
        patch.setenv("AWS_DEFAULT_REGION", aws.REGION)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        create_table(dynamodb, TABLE)
        create_bucket(s3, BUCKET)
        create_bucket(s3, FILES)
        yield s3


@pytest.fixture(scope="module")
def start(cloud: S3Client) -> Iterator[Start]:
    """Start one more execution environment of the app."""
    handlers: list[LambdaHandler] = []
    demo = app()

    def environment(**settings: Any) -> LambdaHandler:
        chosen = {
            "store": f"dynamodb://{TABLE}",
            "state_bucket": BUCKET,
            "files": f"s3://{FILES}/uploaded",
            "session_keys": KEYS,
        }
        handlers.append(gr.handler(demo, settings=Settings(**{**chosen, **settings})))
        return handlers[-1]

    yield environment
    for handler in handlers:
        handler.app.state.service.warm_store.store.close()
    use_warm_store(None)


@pytest.fixture(scope="module")
def one(start: Start) -> LambdaHandler:
    """An execution environment."""
    return start()


@pytest.fixture(scope="module")
def other(start: Start) -> LambdaHandler:
    """Another one, over the same table and buckets."""
    return start()


class Context:
    """What Lambda tells of an invocation."""

    aws_request_id = "5d0f8a9e-7c1b-4f3e-9a52-8e6d4c2b1a90"

    def __init__(self, seconds: float = 30.0) -> None:
        self._end = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(max(0.0, self._end - time.monotonic()) * 1_000)


def sent(handler: LambdaHandler, found: dict[str, Any], context: Any = None) -> Answer:
    """Hand an event to the handler, and read its answer as the event's source does."""
    answer = handler(found, context or Context())
    json.dumps(answer)  # Lambda sends it as JSON
    if "elb" in found["requestContext"]:
        several = "multiValueHeaders" in found
        assert ("multiValueHeaders" in answer, "headers" in answer) == (several, not several)
        headers = {k: v[0] for k, v in answer["multiValueHeaders"].items()} if several else answer["headers"]
    else:
        headers = {**answer["headers"], **{k: ",".join(v) for k, v in answer.get("multiValueHeaders", {}).items()}}
    body = answer.get("body", "")
    content = base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()
    if headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    return Answer(answer["statusCode"], headers, content)


def called(handler: LambdaHandler, name: str, message: str, **options: Any) -> Answer:
    """Call ``/predict`` by the recorded event of a source."""
    body = {"data": [message, None], "session_hash": options.pop("session", None)}
    return sent(handler, event(f"{name}.post_run", json=body, **options))


# -- every event --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*named("get_config"), "rest.null_headers", "http_api.ipv6_host"])
def test_the_config_is_served(one: LambdaHandler, name: str) -> None:
    """By every way in, with or without headers."""
    answer = sent(one, event(name))
    assert (answer.status, answer.json["api_prefix"]) == (200, "/gradio_api")


@pytest.mark.parametrize("name", [*named("cookies"), "http_api.repeated_query", "rest.repeated_headers"])
def test_other_recorded_requests_are_answered(one: LambdaHandler, name: str) -> None:
    """What is more than the ordinary in an event does not get into the way."""
    assert sent(one, event(name)).status == 200


@pytest.mark.parametrize("name", named("post_run"))
def test_a_call_as_it_was_recorded(one: LambdaHandler, name: str) -> None:
    """The body of Gradio's JavaScript client: its session is the same, whichever way its calls come."""
    answer = sent(one, event(name))
    assert answer.data[0][-1] == "hello"
    assert answer.json["changed_state_ids"] == []  # nothing of the page listens to its State


@pytest.mark.parametrize("name", named("post_upload"))
def test_an_upload_and_its_download(one: LambdaHandler, other: LambdaHandler, cloud: S3Client, name: str) -> None:
    """Bytes arrive whole, are kept in the bucket below the prefix, and come back by the same way."""
    [path] = sent(one, event(name)).json
    stored = cloud.get_object(Bucket=FILES, Key=f"uploaded/{path}")["Body"].read()
    fetched = sent(other, event(name.replace("post_upload", "get_config"), path=f"/gradio_api/file={path}"))

    assert stored.startswith(PNG)
    assert (fetched.status, fetched.body, fetched.headers["content-type"]) == (200, stored, "image/png")


@pytest.mark.parametrize("name", named("encoded_slash"))
def test_an_encoded_slash_is_decoded_once(one: LambdaHandler, name: str) -> None:
    """A path that no store handed out is refused as it was meant."""
    answer = sent(one, event(name))
    assert (answer.status, answer.json["detail"]) == (403, "File not allowed: reports/2025 q4.txt.")


def test_no_recorded_event_is_forgotten() -> None:
    """Each event that is recorded is sent by one of the tests above."""
    endings = ("get_config", "post_run", "post_upload", "encoded_slash", "cookies")
    others = {"rest.null_headers", "http_api.ipv6_host", "http_api.repeated_query", "rest.repeated_headers"}
    assert {name for name in NAMES if not name.endswith(endings)} == others


# -- what a function learns of its request -------------------------------------------------------


def told(handler: LambdaHandler, name: str, **options: Any) -> dict[str, Any]:
    """Return what a function learns of the recorded GET, which streams its result."""
    joined = sent(handler, event("http_api.post_run", path="/gradio_api/call/tell", json={"data": []}))
    path = f"/gradio_api/call/tell/{joined.json['event_id']}"
    [(kind, data)] = sent(handler, event(name, path=path, **options)).events
    assert kind == "complete"
    found: dict[str, Any] = data[0]
    return found


HOSTS = {
    "http_api": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "http_api_stage": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod",
    "rest": "f6g7h8i9j0.execute-api.eu-central-1.amazonaws.com/prod",
    "function_url": "q7w5e3r1t9y2u4i6o8p0a2s4d6f8g0h2.lambda-url.eu-central-1.on.aws",
    "alb": "adapter-1846203957.eu-central-1.elb.amazonaws.com",
    "alb_multi_value": "adapter-1846203957.eu-central-1.elb.amazonaws.com",
}


@pytest.mark.parametrize("name", named("get_config"))
def test_the_requests_address_is_the_public_one(one: LambdaHandler, name: str) -> None:
    """With its scheme, its host and its stage, so that what is built on it leads back here."""
    found = told(one, name)

    assert found["url"].startswith(f"https://{HOSTS[name.split('.')[0]]}/gradio_api/call/tell/")
    assert (found["client"], found["method"]) == ("203.0.113.7", "POST")  # of the request that queued the call
    assert "Firefox" in found["headers"]["user-agent"]


def test_cookies_queries_and_an_ipv6_host(one: LambdaHandler) -> None:
    """As they were sent, by every way in."""
    for name in (*named("cookies"), "alb_multi_value.get_config", "rest.repeated_headers"):
        assert told(one, name)["cookies"] == {"theme": "dark", "lang": "en"}
    assert told(one, "rest.repeated_headers")["headers"]["x-example"] == "one, two"
    assert told(one, "http_api.repeated_query")["query"] == {"tag": "c", "empty": ""}
    assert told(one, "http_api.ipv6_host")["url"].startswith("https://[2001:db8::7]:7860/gradio_api/")


# -- prefixes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", named("get_config"))
def test_the_documentation_finds_its_document(one: LambdaHandler, name: str) -> None:
    """Addresses that the server writes have the stage in front."""
    prefix = "/prod" if name.startswith(("http_api_stage", "rest")) else ""

    assert f'"{prefix}/openapi.json"' in sent(one, event(name, path="/docs")).body.decode()
    document = sent(one, event(name, path="/openapi.json")).json
    assert document.get("servers", [{"url": ""}])[0]["url"] == prefix


@pytest.mark.parametrize("name", named("get_config"))
def test_the_page_is_served_under_any_prefix(one: LambdaHandler, name: str) -> None:
    """The page and its files; nothing in it names the prefix, so that one copy does for all."""
    page = sent(one, event(name, path="/"))
    script = re.search(r'src="(static/[^"]*main.js)"', page.body.decode())

    assert page.status == 200
    assert script is not None
    assert sent(one, event(name, path=f"/{script[1]}")).status == 200


def test_the_stage_without_a_slash_leads_to_the_page(one: LambdaHandler) -> None:
    """Or else its relative addresses would lead elsewhere."""
    answer = sent(one, event("http_api_stage.get_config", path=""))
    assert (answer.status, answer.headers["location"]) == (307, f"https://{HOSTS['http_api_stage']}/")


@pytest.mark.parametrize(("root_path", "path"), [("", "/config"), ("/app", "/app/config"), ("/app", "/config")])
def test_the_settings_may_name_the_prefix(start: Start, root_path: str, path: str) -> None:
    """Behind a domain of one's own the stage is not part of the public address."""
    handler = start(root_path=root_path)
    for source in SOURCES:
        assert sent(handler, event(f"{source}.get_config", path=path)).status == 200
        docs = sent(handler, event(f"{source}.get_config", path="/docs")).body.decode()
        assert f'"{root_path}/openapi.json"' in docs


# -- state --------------------------------------------------------------------------------------


def test_a_session_goes_on_across_ways_in_and_environments(one: LambdaHandler, other: LambdaHandler) -> None:
    """A page that is served through several front doors at once has one session."""
    headers = {SESSION: "new"}
    seen: list[str] = []
    for turn, source in enumerate(SOURCES * 2):
        answer = called((one, other)[turn % 2], source, source, headers=headers)
        seen.append(source)
        assert answer.data == [seen, None]
        headers = {SESSION: answer.headers.get(SESSION, headers[SESSION]), VERSION: answer.headers[VERSION]}


def test_a_session_hash_goes_on_too(one: LambdaHandler, other: LambdaHandler) -> None:
    """Gradio's clients send no version; they read what stands now."""
    for turn, source in enumerate(SOURCES):
        assert called((one, other)[turn % 2], source, "x", session="across").data[0] == ["x"] * (turn + 1)


def test_environments_share_global_state(one: LambdaHandler, other: LambdaHandler) -> None:
    """Whoever answers, the answer has what everybody said."""
    for turn, handler in enumerate((one, other, other, one)):
        assert Door(handler).run("x", api="share").data[0] == ["x"] * (turn + 1)


def test_a_queued_call_runs_wherever_its_stream_comes(one: LambdaHandler, other: LambdaHandler) -> None:
    """Joined in one environment by one way, run in another by another way."""
    body = {"data": ["a"], "fn_index": 0, "session_hash": "queued"}
    assert sent(one, event("rest.post_run", path="/gradio_api/queue/join", json=body)).status == 200
    stream = event("function_url.get_config", path="/gradio_api/queue/data")
    stream["rawQueryString"] = "session_hash=queued"

    completed, closed = sent(other, stream).messages[-2:]
    assert (completed["output"]["data"], closed["msg"]) == ([["a"], None], "close_stream")


def noise(length: int) -> str:
    """Return a text that does not get shorter by compression, but for its few letters."""
    return base64.b85encode(random.Random(length).randbytes(length * 4 // 5)).decode()


def test_a_large_state_goes_to_the_bucket(one: LambdaHandler, other: LambdaHandler, cloud: S3Client) -> None:
    """The item points to it, and another environment follows."""
    large = noise(100_000)
    assert called(one, "http_api", large, session="large").status == 200

    assert max(found["Size"] for found in cloud.list_objects_v2(Bucket=BUCKET)["Contents"]) > 64_000
    assert called(other, "rest", "b", session="large").data[0] == [large, "b"]


def test_without_a_bucket_a_large_state_is_refused(start: Start) -> None:
    """With the State's size, the limit and the setting; the session is as before."""
    handler = start(state_bucket=None)
    called(handler, "http_api", "a", session="refused")
    answer = called(handler, "http_api", noise(500_000), session="refused")

    assert (answer.status, "ADAPTER_STATE_BUCKET" in answer.json["error"]) == (413, True), answer.body[:500]
    assert called(handler, "http_api", "b", session="refused").data[0] == ["a", "b"]


def test_a_call_that_is_too_large_for_the_queue_is_refused(start: Start) -> None:
    """Without a bucket; ``/run`` needs no queue and takes it."""
    door = Door(start(state_bucket=None))
    body = {"data": [noise(500_000)], "fn_index": 1, "session_hash": "queue"}

    for path in ("queue/join", "call/share"):
        answer = door("POST", f"/gradio_api/{path}", json=body)
        assert (answer.status, "ADAPTER_STATE_BUCKET" in answer.json["error"]) == (413, True)
    assert door.run(noise(500_000), api="tell").status == 422


def test_a_result_that_is_too_large_to_keep_is_given_once(start: Start) -> None:
    """A second request for it is told so at once."""
    demo = gr.Interface(lambda: noise(500_000), None, "textbox", api_name="predict")
    door = Door(gr.handler(demo, settings=Settings(store=f"dynamodb://{TABLE}", app="large", session_keys=KEYS)))
    joined = door("POST", "/gradio_api/call/predict", json={"data": []}).json
    first, second, third = [door.get(f"/gradio_api/call/predict/{joined['event_id']}").events for _ in range(3)]

    assert (first[0][0], len(first[0][1][0])) == ("complete", 500_000)
    assert second == third
    assert (second[0][0], "too large to be kept" in second[0][1]["error"]) == ("error", True)


def test_what_is_not_there_is_503_with_the_remedy(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    """A missing table or bucket is the operator's to mend: the log names the setting, visitors read no names."""
    answer = called(start(store="dynamodb://nowhere"), "http_api", "a", session="ann")
    assert (answer.status, answer.json["error"]) == (503, STORAGE_ERROR)
    assert "nowhere" in caplog.text
    assert "ADAPTER_STORE" in caplog.text

    handler = start(files="s3://no-such-bucket")
    answer = sent(handler, event("http_api.post_upload"))
    assert (answer.status, answer.json["error"]) == (503, STORAGE_ERROR)
    assert "no-such-bucket" in caplog.text
    assert "ADAPTER_FILES" in caplog.text
    path = f"/gradio_api/file=uploads/{'a' * 22}/a.txt"
    assert sent(handler, event("http_api.get_config", path=path)).status == 503
    assert sent(start(), event("http_api.get_config", path=path)).status == 403


def test_a_call_gives_up_before_its_invocation_ends(one: LambdaHandler) -> None:
    """Waiting for another call of the session, it leaves time for an answer."""
    warm_store = one.app.state.service.warm_store
    key = session_key(warm_store.app, SessionId("hash", "locked"))
    warm_store.store.lock(key, b"another-call", int((time.time() + 60) * 1_000))
    body = {"data": ["a"], "session_hash": "locked"}

    started = time.monotonic()
    found = event("http_api.post_run", path="/gradio_api/run/once", json=body)
    answer = sent(one, found, Context(seconds=1.4))

    assert (answer.status, "try again" in answer.json["error"]) == (409, True)
    assert time.monotonic() - started < 1.4
    warm_store.store.unlock(key, b"another-call")
    assert sent(one, found).data == [["a"], None]


def test_on_lambda_the_keys_are_needed() -> None:
    """Environments that sign with secrets of their own would not know each other's sessions."""
    with pytest.raises(Exception, match="ADAPTER_SESSION_KEYS"):
        create_app(app(), Settings(on_lambda=True))  # the handler would take this process's log over


def test_threads_have_loops_of_their_own(one: LambdaHandler) -> None:
    """A handler may be called from any thread, one after another, and leaves nothing open."""
    statuses: list[int] = []

    def call() -> None:
        statuses.append(sent(one, event("http_api.get_config")).status)

    for _ in range(3):
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
    assert statuses == [200, 200, 200]


def test_a_loop_that_a_thread_has_is_used_and_not_put_aside(one: LambdaHandler) -> None:
    """Nobody would close it; once its owner has, another takes its place."""
    seen: list[bool] = []

    def call() -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        sent(one, event("http_api.get_config"))
        seen.append(asyncio.get_event_loop() is loop)
        loop.close()
        seen.append(sent(one, event("http_api.get_config")).status == 200)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert seen == [True, True]
