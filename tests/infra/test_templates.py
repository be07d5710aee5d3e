"""The templates themselves: what linters say of them, and what they and the code must agree on."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

import adapter as gr
from adapter.files.base import LIFE_SECONDS
from adapter.settings import Settings
from adapter.state.stores.overflow import EXPIRING, LASTING, RENEW_AFTER_SECONDS
from adapter.web.page.document import FOREVER, policy
from tests.infra.templates import APPS, MAIN, NESTED, ROOT, Template, resources, run, written
from tests.support.http import Door

pytestmark = pytest.mark.end_to_end

DAY = 24 * 60 * 60
FUNCTION = "AWS::Serverless::Function"
STACK = "AWS::CloudFormation::Stack"


def functions() -> dict[str, Any]:
    """Return the functions of the main template, by the names of their apps."""
    found = resources(written(), FUNCTION)
    return {
        function["Properties"]["Environment"]["Variables"]["ADAPTER_APP"]: {"name": name, **function}
        for name, function in found.items()
    }


def stacks(path: str) -> dict[str, dict[str, Any]]:
    """Return the parameters of the stacks of one nested template, by their logical ids."""
    found = resources(written(), STACK)
    return {
        name: stack["Properties"].get("Parameters", {})
        for name, stack in found.items()
        if stack["Properties"]["TemplateURL"] == path
    }


def test_cfn_lint_finds_nothing() -> None:
    """No error and no warning, in any template, for regions old and new."""
    run("cfn-lint", "--regions", "us-east-1", "eu-central-1", "--", MAIN, *NESTED)


def test_sam_finds_the_template_valid() -> None:
    """With its own linter as well."""
    assert "is a valid SAM Template" in run("sam", "validate", "--lint", "--region", "us-east-1", "--template", MAIN)


def test_every_nested_template_is_used() -> None:
    """And gets the parameters that it has, all of them but those with a default, and no others."""
    used = {stack["Properties"]["TemplateURL"] for stack in resources(written(), STACK).values()}
    assert used == set(NESTED)
    for path in NESTED:
        for name, parameters in stacks(path).items():
            known = written(path).get("Parameters", {})
            assert {one for one in known if "Default" not in known[one]} <= set(parameters) <= set(known), name


@pytest.mark.parametrize("app", APPS)
def test_each_app_is_deployed(app: str) -> None:
    """A folder of functions/ is a function with a role and alarms of its own, and paths at both kinds of API."""
    function = functions()[app]
    name, properties = function["name"], function["Properties"]
    variables = properties["Environment"]["Variables"]

    assert variables["POWERTOOLS_SERVICE_NAME"] == app
    assert variables["ADAPTER_ROOT_PATH"] == f"/{app}"
    assert variables["ADAPTER_FILES"] == {"Fn::Sub": f"s3://${{State.Outputs.Bucket}}/files/{app}"}
    assert {event["Properties"]["Path"] for event in properties["Events"].values()} == {f"/{app}", f"/{app}/{{proxy+}}"}
    assert properties["Role"] == {"Fn::GetAtt": [f"{name}Role", "Outputs.Arn"]}
    assert stacks("infra/role.yaml")[f"{name}Role"]["App"] == app
    alarms = stacks("infra/alarms.yaml")[f"{name}Alarms"]
    assert (alarms["App"], alarms["Function"]) == (app, {"Ref": name})
    rest = written("infra/rest.yaml")
    assert f"/{app}/{{proxy+}}" in rest["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"]
    assert rest["Resources"][f"{name}Permission"]["Properties"]["FunctionName"] == {"Ref": name}


def test_nothing_is_deployed_that_is_not_there() -> None:
    """Each function has its folder."""
    assert set(functions()) == set(APPS)


def test_each_function_starts_from_a_snapshot_of_a_version() -> None:
    """Of the Python that is said, published under an alias; images cannot."""
    for function in functions().values():
        properties = function["Properties"]
        assert properties["AutoPublishAliasAllProperties"] is True
        if properties.get("PackageType") != "Image":
            assert properties["Runtime"] == "python3.13"
            assert properties["SnapStart"] == {"ApplyOn": {"Ref": "SnapStart"}}
    assert written()["Globals"]["Function"]["AutoPublishAlias"] == "live"


def test_sam_deploy_needs_no_more_to_be_told() -> None:
    """It stops without leave for roles and nested transforms, and without a place for images where there is one."""
    told = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))["default"]["deploy"]["parameters"]
    assert told["capabilities"].split() == ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    assert told["resolve_s3"]
    assert any(one["Properties"].get("PackageType") == "Image" for one in functions().values())
    assert told["image_repository"]


def test_each_variable_is_known() -> None:
    """The functions' environment has settings of the adapter, and no misspelt ones."""
    known = set(re.findall(r'(?:text|whole|choice)\("([A-Z_]+)"', _settings_source()))
    given = set(written()["Globals"]["Function"]["Environment"]["Variables"])
    for function in functions().values():
        given |= set(function["Properties"]["Environment"]["Variables"])
    assert given - {f"ADAPTER_{name}" for name in known} == {
        *("ADAPTER_RELEASE", "AWS_ENDPOINT_URL", "POWERTOOLS_SERVICE_NAME")
    }


def _settings_source() -> str:
    from adapter import settings

    assert settings.__file__ is not None
    with open(settings.__file__, encoding="utf-8") as file:
        return file.read()


def test_the_table_is_as_the_store_uses_it() -> None:
    """Its key and its attribute for expiry, with images for the callbacks of what expired; and it is kept."""
    table = written("infra/state.yaml")["Resources"]["Table"]
    properties = table["Properties"]

    assert properties["KeySchema"] == [{"AttributeName": "pk", "KeyType": "HASH"}]
    assert properties["AttributeDefinitions"] == [{"AttributeName": "pk", "AttributeType": "S"}]
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "x", "Enabled": True}
    assert properties["StreamSpecification"] == {"StreamViewType": "OLD_IMAGE"}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert properties["SSESpecification"]["SSEEnabled"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"


def test_the_bucket_removes_only_what_is_over() -> None:
    """Objects of sessions later than any session ends, files later than they are served, lasting state never."""
    bucket = written("infra/state.yaml")["Resources"]["Bucket"]
    rules = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule}
    longest = written()["Parameters"]["SessionTtlSeconds"]["MaxValue"]

    assert set(days) == {EXPIRING, "files/"}
    assert days[EXPIRING] * DAY >= longest + RENEW_AFTER_SECONDS + 2 * DAY
    served = int(written()["Globals"]["Function"]["Environment"]["Variables"]["ADAPTER_FILES_TTL_SECONDS"])
    assert days["files/"] * DAY > served == LIFE_SECONDS
    assert not any(LASTING.startswith(prefix) for prefix in days)
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"


def test_the_bucket_takes_forms_of_pages() -> None:
    """POST alone, from the origins that the main template is told, which are any unless somebody says otherwise."""
    state = written("infra/state.yaml")
    [rule] = state["Resources"]["Bucket"]["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedMethods"] == ["POST"]
    assert rule["AllowedOrigins"] == {"Fn::Split": [",", {"Ref": "UploadOrigins"}]}
    assert written()["Resources"]["State"]["Properties"]["Parameters"] == {"UploadOrigins": {"Ref": "UploadOrigins"}}
    assert state["Parameters"]["UploadOrigins"]["Default"] == written()["Parameters"]["UploadOrigins"]["Default"] == "*"


def test_cloudfront_sends_the_pages_own_policy() -> None:
    """Word for word, with the bucket that large files come from."""
    headers = _site("PageHeaders")["ResponseHeadersPolicyConfig"]
    sent = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    assert sent == policy("${FileOrigin}", frame_ancestors=["${FrameAncestors}"])
    [static] = _site("StaticHeaders")["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"]
    assert (static["Header"], static["Value"]) == ("cache-control", FOREVER)


def test_cloudfront_hands_the_api_its_paths() -> None:
    """All that an app answers besides its page, whatever the app is called; nothing of it is kept."""
    behaviours = _site("Distribution")["DistributionConfig"]["CacheBehaviors"]
    patterns = {one["PathPattern"] for one in behaviours if one["TargetOriginId"] == "api"}
    for one in behaviours:
        if one["TargetOriginId"] == "api":
            assert one["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
            assert "POST" in one["AllowedMethods"]

    served = [getattr(route, "path", "") for route in _served().handler.app.routes]
    paths = {path for path in served if not path.startswith(("/static", "/index"))}
    for path in paths - {"/"}:
        if not path.startswith("/docs/"):
            own = f"/app{path}"
            assert any(re.fullmatch(pattern.replace("*", ".*"), own) for pattern in patterns), path


def test_both_apis_let_browsers_send_what_the_app_takes() -> None:
    """API Gateway answers for the app what other origins' pages may send and read."""
    cors = written()["Resources"]["HttpApi"]["Properties"]["CorsConfiguration"]
    asked = {"origin": "https://a.example", "access-control-request-method": "POST"}
    for header in cors["AllowHeaders"]:
        answer = _served()("OPTIONS", "/config", headers={**asked, "access-control-request-headers": header})
        assert answer.status == 200, header
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    simple = {"accept", "accept-language", "content-language"}
    assert set(cors["AllowHeaders"]) == set(allowed) - simple
    assert set(cors["AllowMethods"]) == set(answer.headers["access-control-allow-methods"].split(", "))
    read = _served().get("/config", headers={"origin": "https://a.example"}).headers["access-control-expose-headers"]
    assert set(cors["ExposeHeaders"]) == set(read.split(", "))


def test_the_dashboard_is_json() -> None:
    """Whatever is put into it."""
    body = written("infra/observability.yaml")["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(re.sub(r"\$\{[\w:]+\}", "x", body))["widgets"]
    places = {(widget["x"], widget["y"]) for widget in widgets}
    assert len(places) == len(widgets)


def test_metrics_are_those_that_are_written() -> None:
    """Alarms and dashboard name figures of the adapter's own as the log does."""
    from adapter.telemetry.invocation import Figure

    known = set(Figure)
    conflicts = written("infra/alarms.yaml")["Resources"]["Conflicts"]["Properties"]
    assert conflicts["MetricName"] in known
    body = written("infra/observability.yaml")["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    named = set(re.findall(r'\{\\"\$\{Namespace\}\\",service\} MetricName=\\"(\w+)\\"', body))
    assert named
    assert named <= known


def _site(name: str) -> Any:
    site: Template = written("infra/site.yaml")
    return site["Resources"][name]["Properties"]


def _served() -> Door:
    settings = Settings(session_keys=("a-key-for-tests-of-32-bytes-0123",), cors_origins=("*",))
    return Door(gr.handler(gr.Interface(lambda x: x, "textbox", "textbox"), settings=settings))
