"""One thing after the other that Gradio's clients meet in an app; straight, and behind a stage's path."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import handle_file
from gradio_client.exceptions import AppError

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Node, Python, Step, python_client

pytestmark = pytest.mark.end_to_end

WAYS = {"straight": ("behaviours.py", ""), "staged": ("staged.py", "/prod")}
GENERIC = "Something went wrong"


@pytest.fixture(scope="module", params=list(WAYS))
def url(request: pytest.FixtureRequest, sqlite: Place) -> Iterator[str]:
    """The app's address: its own, or one that ends in the name of a stage."""
    app, stage = WAYS[request.param]
    with sqlite.serving(HERE / "apps" / app, "--environments", "2") as server:
        yield server.url + stage


def one(node: Node, url: str, api: str, *data: Any) -> dict[str, Any]:
    """Return what the JavaScript client made of one call."""
    return node.play(url, [Step("A", api, data)]).results[0]


def events(node: Node, url: str, api: str, *data: Any) -> list[dict[str, Any]]:
    """Return all events of one call in JavaScript."""
    found: list[dict[str, Any]] = node.play(url, [Step("A", api, data, watch=True)]).results[0]["events"]
    return found


@pytest.mark.parametrize("api", ["/count", "/count_async"])
def test_a_generators_yields_arrive_one_by_one(url: str, python: Python, node: Node, api: str) -> None:
    """Differences are put together again to what was yielded, in order; the last one is the result."""
    yields = [(f"{n} of 4", list(range(n))) for n in range(1, 5)]
    job = python.client(url).submit(4, api_name=api)
    assert list(job) == yields
    assert job.outputs() == yields
    assert job.result() == yields[-1]
    data = [event["data"] for event in events(node, url, api, 4) if event["type"] == "data"]
    # of the texts alone: the client gives out one list, and changes it with every yield
    assert [text for text, _ in data] == [*[text for text, _ in yields], yields[-1][0]]
    assert tuple(data[-1]) == yields[-1]


def test_a_generator_that_fails_gives_its_yields_and_then_its_error(url: str, python: Python, node: Node) -> None:
    """What was shown stays shown."""
    job = python.client(url).submit(2, api_name="/break_off")
    with pytest.raises(AppError, match="that was all"):
        job.result(timeout=60)
    assert job.outputs() == [("1 of 2", [0]), ("2 of 2", [0, 1])]
    found = events(node, url, "/break_off", 2)
    assert [event["data"][0] for event in found if event["type"] == "data"] == ["1 of 2", "2 of 2"]
    assert (found[-1]["stage"], found[-1]["message"]) == ("error", "that was all")


def test_an_async_function_is_awaited(url: str, python: Python, node: Node) -> None:
    """Like any other."""
    assert python.client(url).predict(21, api_name="/double") == 42
    assert one(node, url, "/double", 21) == {"data": [42]}


def test_an_error_for_the_visitor_arrives_in_its_own_words(url: str, python: Python, node: Node) -> None:
    """With its title; through the queue and without."""
    with pytest.raises(AppError) as raised:
        python.client(url).predict(7, api_name="/refuse")
    assert (raised.value.message, raised.value.title) == ("7 is not welcome", "Refused")
    assert one(node, url, "/refuse", 7) == {"error": "7 is not welcome", "title": "Refused"}
    assert one(node, url, "/refuse_at_once", 7)["error"] == "7 is not welcome"


def test_a_functions_own_exception_is_not_told(url: str, python: Python, node: Node) -> None:
    """Its text may hold what is nobody's business; through the queue and without."""
    with pytest.raises(AppError, match=GENERIC):
        python.client(url).predict(7, api_name="/crash")
    for api in ("/crash", "/crash_at_once"):
        found = one(node, url, api, 7)["error"]
        assert found.startswith(GENERIC)
        assert "1234" not in found


@pytest.mark.parametrize(
    ("api", "data", "message"),
    [("/pick", ("plum", 1), "'Fruit'"), ("/pick", ("apple", "many"), "'Number'"), ("/total", ("ten",), "'Number'")],
)
def test_an_input_that_does_not_fit_is_refused(
    url: str, python: Python, node: Node, api: str, data: tuple[Any, ...], message: str
) -> None:
    """The message names the input; the function is not called."""
    with pytest.raises(AppError, match=message):
        python.client(url).predict(*data, api_name=api)
    assert message in one(node, url, api, *data)["error"]


def test_what_a_function_says_meanwhile_arrives_as_logs(url: str, python: Python, node: Node) -> None:
    """In order, with level and title, before the result."""
    job = python.client(url).submit("Ann", api_name="/tell")

    async def logs() -> list[tuple[str, str]]:
        return [update.log async for update in job if getattr(update, "log", None)]

    assert asyncio.run(logs()) == [("Ann has come", "info"), ("Ann is late", "warning")]
    assert job.result() == "Ann"
    found = events(node, url, "/tell", "Ann")
    said = [(event["log"], event["level"], event["title"]) for event in found if event["type"] == "log"]
    assert said == [("Ann has come", "info", "Info"), ("Ann is late", "warning", "Late")]
    assert one(node, url, "/tell_at_once", "Ann") == {"data": ["Ann"]}


def test_a_function_may_ask_who_calls(url: str, node: Node) -> None:
    """It is told the client's session and headers."""
    client = python_client(url, session="of Ann", headers={"X-Flavour": "vanilla"})
    told = client.predict(api_name="/who")
    assert (told["session"], told["flavour"]) == ("of Ann", "vanilla")
    (told,) = node.play(url, [Step("A", "/who", [])], sessions={"A": "of Bob"}).outputs
    assert (told["session"], told["flavour"]) == ("of Bob", None)


def test_a_call_that_fails_leaves_its_state_as_it_was(url: str, python: Python, node: Node) -> None:
    """Although the function had changed it already."""
    client = python.client(url)
    client.reset_session()
    assert client.predict("one", api_name="/keep") == ["one"]
    with pytest.raises(AppError):
        client.predict("bad", api_name="/keep")
    assert client.predict("two", api_name="/keep") == ["one", "two"]
    results = node.play(url, [Step("A", "/keep", [text]) for text in ("one", "bad", "two")]).results
    assert [result.get("data") for result in results] == [[["one"]], None, [["one", "two"]]]


def test_state_without_the_queue(url: str, python: Python, node: Node) -> None:
    """JavaScript asks `/run`, Python the queue all the same: both have a session of their own."""
    client = python.client(url)
    client.reset_session()
    assert [client.predict(number, api_name="/total") for number in (1, 2)] == [101, 103]
    assert node.play(url, [Step("A", "/total", [number]) for number in (1, 2)]).outputs == [101, 103]


def test_arguments_may_be_named_or_left_out(url: str, python: Python) -> None:
    """A default applies where nothing is given."""
    assert python.client(url).predict(fruit="pear", count=3, api_name="/pick") == "3 × pear"
    with pytest.raises(TypeError, match="number"):
        python.client(url).predict(api_name="/double")
    with pytest.raises(TypeError, match="colour"):
        python.client(url).predict(1, colour="red", api_name="/double")


def test_a_wrong_number_of_arguments_is_refused(url: str, python: Python, node: Node) -> None:
    """The answer says what the endpoint takes; in JavaScript the client leaves out by itself what is too much."""
    with pytest.raises(AppError, match="/double got 2 inputs; it takes 1: Number"):
        python.client(url).predict(1, 2, fn_index=0)
    assert one(node, url, "/double", 1, 2) == {"data": [2]}
    for path in ("run", "call"):
        found = httpx.post(f"{url}/gradio_api/{path}/pick", json={"data": ["apple"]}, trust_env=False)
        assert found.status_code == 422
        assert "/pick got 1 inputs; it takes 2: Fruit, Number" in found.json()["error"]


def test_an_endpoint_that_does_not_exist(url: str, python: Python, node: Node) -> None:
    """The clients know by themselves; who asks the app is told what there is."""
    with pytest.raises(ValueError, match="/nowhere"):
        python.client(url).predict(1, api_name="/nowhere")
    assert "No endpoint" in one(node, url, "/nowhere", 1)["error"]
    found = httpx.post(f"{url}/gradio_api/run/nowhere", json={"data": []}, trust_env=False)
    assert found.status_code == 404
    assert "/double" in found.json()["error"]


def test_the_api_can_be_viewed(url: str, python: Python, node: Node) -> None:
    """Both clients read the same of it, and can print it."""
    named = python.apis(url)["named_endpoints"]
    assert list(named)[:3] == ["/double", "/count", "/count_async"]
    assert named["/keep"]["parameters"][0]["parameter_name"] == "text"
    assert [one["python_type"]["type"] for one in named["/pick"]["parameters"]] == [
        "Literal['apple', 'pear']",
        "float",
    ]
    assert list(node.apis(url)["named_endpoints"]) == list(named)
    assert "/pick" in python.client(url).view_api(return_format="str")


def test_a_file_goes_up_and_comes_back(url: str, tmp_path: Path) -> None:
    """The function has the path that the upload was given, and the client downloads it from there."""
    sent = tmp_path / "größe 1.bin"
    sent.write_bytes(bytes(range(256)) * 4)
    client = python_client(url, download_files=str(tmp_path / "received"))
    came = Path(client.predict(handle_file(str(sent)), api_name="/pass_on"))
    assert came.read_bytes() == sent.read_bytes()
    assert came.suffix == ".bin"
    assert came != sent


def test_a_blob_goes_up(url: str, node: Node) -> None:
    """In JavaScript too: what the function has is a path that can be downloaded."""
    found = one(node, url, "/pass_on", {"blob": "from Node"})["data"][0]
    came = httpx.get(f"{url}/gradio_api/file={found['path']}", trust_env=False)
    assert came.text == "from Node"


def test_a_job_can_be_cancelled_before_it_is_done(url: str) -> None:
    """The clients' own way: `/cancel`; the session goes on."""
    client = python_client(url)
    job = client.submit(3, api_name="/count")
    job.cancel()
    assert client.predict(2, api_name="/double") == 4
