"""The stack in an emulator that holds functions to the rights of their roles."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.infra.cloud import Cloud
from tests.infra.templates import APPS
from tests.support.ministack import running_ministack

pytestmark = pytest.mark.end_to_end

STACK = "demo"


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An emulator with all that a stack needs."""
    with running_ministack(AUTH="true") as url:
        found = Cloud(url)
        found.package()
        yield found


@pytest.fixture(scope="module")
def outputs(cloud: Cloud) -> dict[str, str]:
    """What the stack tells of itself, with the parameters' defaults."""
    return cloud.deploy(STACK, cloud.main())


@pytest.fixture(scope="module")
def api(cloud: Cloud, outputs: dict[str, str]) -> str:
    """The id of the stack's HTTP API, whose functions can be called."""
    found = cloud.physical(STACK)
    for name, kind in found.values():
        if kind == "AWS::Lambda::Function":
            cloud.wait_for(name)
    assert found["HttpApi"][0] in outputs["ApiUrl"]
    return found["HttpApi"][0]


def test_the_stack_is_created_as_a_whole(cloud: Cloud, outputs: dict[str, str]) -> None:
    """Table, buckets, functions, API, site, alarms and dashboard, from the parameters' defaults."""
    kinds = [kind for _, kind in cloud.physical(STACK).values()]

    assert set(outputs) == {"SiteUrl", "Pages", "ApiUrl", "Table", "Bucket"}
    assert {kind: kinds.count(f"AWS::{kind}") for kind in ("Lambda::Function", "Lambda::Alias", "IAM::Role")} == {
        "Lambda::Function": len(APPS) - 1,  # the model's image has to be somewhere first
        "Lambda::Alias": len(APPS) - 1,
        "IAM::Role": len(APPS) - 1,
    }
    assert {"AWS::DynamoDB::Table", "AWS::ApiGatewayV2::Api", "AWS::CloudFront::Distribution"} < set(kinds)
    assert {"AWS::SecretsManager::Secret", "AWS::CloudWatch::Dashboard", "AWS::CloudWatch::Alarm"} < set(kinds)


def test_a_call_goes_through_it(cloud: Cloud, outputs: dict[str, str], api: str) -> None:
    """From the API to the function, with its role's rights to the table, and back."""
    for score, top in ((5, [5]), (7, [7, 5])):
        status, body = cloud.ask(api, "/score_tracker/gradio_api/run/predict", {"data": [score]})
        assert (status, json.loads(body)["data"]) == (200, [top]), body

    items = cloud.client("dynamodb").scan(TableName=outputs["Table"])["Items"]
    assert [item["pk"]["S"] for item in items] == ["G#score_tracker#scores"]


def test_each_app_has_its_paths(cloud: Cloud, api: str) -> None:
    """Its page, also under the name that CloudFront asks for, and its API; nothing answers elsewhere."""
    for app in APPS:
        if app != "dialogpt":
            assert b"<!doctype html>" in cloud.ask(api, f"/{app}/index.html")[1][:100].lower()
            assert cloud.ask(api, f"/{app}/config")[0] == 200
    assert cloud.ask(api, "/elsewhere/config")[0] == 404
    assert cloud.ask(api, "/config")[0] == 404


def test_an_update_publishes_and_keeps_the_state(cloud: Cloud, outputs: dict[str, str], api: str) -> None:
    """A changed parameter is a new version, which the alias names, and what was stored stays."""
    function = cloud.physical(STACK)["ScoreTracker"][0]
    cloud.ask(api, "/score_tracker/gradio_api/run/predict", {"data": [100]})
    before = cloud.wait_for(function)

    changed = {"MemoryMegabytes": "1024", "Release": "2"}
    assert cloud.deploy(STACK, cloud.main(**changed), changed, update=True) == outputs
    assert int(cloud.wait_for(function)) == int(before) + 1
    published = cloud.client("lambda").get_function_configuration(FunctionName=function, Qualifier="live")
    assert published["MemorySize"] == 1024

    status, body = cloud.ask(api, "/score_tracker/gradio_api/run/predict", {"data": [1]})
    assert (status, json.loads(body)["data"][0][0]) == (200, 100), body


def test_state_outlives_the_stack(cloud: Cloud, outputs: dict[str, str], api: str) -> None:
    """Deleting it leaves the table, the bucket and what is in them; the functions and the API are gone."""
    cloud.ask(api, "/score_tracker/gradio_api/run/predict", {"data": [1]})
    cloud.delete(STACK)

    assert cloud.client("dynamodb").scan(TableName=outputs["Table"])["Items"]
    buckets = {bucket["Name"] for bucket in cloud.client("s3").list_buckets()["Buckets"]}
    assert outputs["Bucket"] in buckets
    assert cloud.client("lambda").list_functions()["Functions"] == []
    assert cloud.client("apigatewayv2").get_apis()["Items"] == []


@pytest.mark.parametrize("gateway", ["rest", "rest-with-login"])
def test_a_rest_api_in_its_place(cloud: Cloud, gateway: str) -> None:
    """By parameter: the HTTP API is closed then, and with a login only users of the pool get through."""
    parameters = {"Gateway": gateway, "Site": "false"}
    outputs = cloud.deploy(gateway, cloud.main(**parameters), parameters)
    found = cloud.physical(gateway)
    cloud.wait_for(found["Counter"][0])

    assert set(outputs) == {"ApiUrl", "Table", "Bucket"}
    assert cloud.client("apigatewayv2").get_api(ApiId=found["HttpApi"][0])["DisableExecuteApiEndpoint"]
    api = found["Rest/Api"][0]
    assert outputs["ApiUrl"].startswith(f"https://{api}.execute-api.")
    token = None
    if gateway == "rest-with-login":
        assert cloud.ask(api, "/counter/config", stage="live")[0] == 401
        assert cloud.ask(api, "/counter/config", stage="live", token="invented")[0] == 401
        token = cloud.login(found["Rest/UserPool"][0], found["Rest/UserPoolClient"][0])
    call = {"data": [1, None]}
    status, body = cloud.ask(api, "/counter/gradio_api/run/predict", call, stage="live", token=token)
    assert (status, json.loads(body)["data"][0]) == (200, "The total is 11."), body
    cloud.delete(gateway)
