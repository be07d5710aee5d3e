"""CloudFormation in an emulator: stacks of the project's templates, and calls through what they create."""

from __future__ import annotations

import io
import json
import time
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.error import HTTPError

import botocore.session

from adapter.app.release.agreement import FOLDER
from adapter.commands.build.drawing import MARK
from tests.infra.templates import APPS, MAIN, ROOT, Template, resources, translated
from tests.support import aws

CODE = "code"
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
PATIENCE_SECONDS = 120

# What a build would put into a package is taken from where it is: the emulator has a Python of its own.
START = "import sys\nsys.path[:0] = {places}\nfrom written import handler\n"


class Cloud:
    """The emulator, as whoever deploys sees it.

    Args:
        url: its address.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = botocore.session.Session()

    def client(self, service: str, *, key: str = "test", secret: str = "test", endpoint: str | None = None) -> Any:
        """Return a client; the account's own unless another's ``key`` and ``secret`` are given."""
        return self._session.create_client(
            service,
            region_name=aws.REGION,
            endpoint_url=endpoint or self.url,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )

    def package(self) -> None:
        """Put the functions' code and the nested templates where stacks find them, as `sam package` does."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket=CODE, CreateBucketConfiguration={"LocationConstraint": aws.REGION})
        places = [str(ROOT), str(Path(botocore.__file__).parents[1])]
        for app in APPS:
            content = io.BytesIO()
            with zipfile.ZipFile(content, "w") as package:
                folder = ROOT / "functions" / app
                for file in (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts):
                    name = file.relative_to(folder).as_posix()
                    package.write(file, "written.py" if name == "app.py" else name)
                package.writestr("app.py", START.format(places=places))
                package.writestr(f"{FOLDER}/{MARK}", b"")  # none of these apps draws by chance or by the clock
            s3.put_object(Bucket=CODE, Key=f"{app}.zip", Body=content.getvalue())
        for path, template in translated().items():
            if path != MAIN:
                for rest in resources(template, "AWS::ApiGateway::RestApi").values():
                    spell_out(rest["Properties"]["Body"]["paths"])
                s3.put_object(Bucket=CODE, Key=path, Body=json.dumps(template).encode())

    def main(self, **parameters: str) -> Template:
        """Return the main template as it is deployed here.

        The emulator does not read the paths of an HTTP API's ``Body``, which become resources of their
        own; and a function has to be told where the emulator is.
        """
        template = translated(**parameters)[MAIN]
        for resource in template["Resources"].values():
            properties = resource.get("Properties", {})
            if "TemplateURL" in properties:
                properties["TemplateURL"] = f"{self.url}/{CODE}/{properties['TemplateURL']}"
        for function in resources(template, "AWS::Lambda::Function").values():
            function["Properties"]["Environment"]["Variables"]["AWS_ENDPOINT_URL"] = self.url
        for name, api in resources(template, "AWS::ApiGatewayV2::Api").items():
            body = api["Properties"].pop("Body")
            template["Resources"] |= routes(name, body["paths"])
            closed = body["servers"][0]["x-amazon-apigateway-endpoint-configuration"]["disableExecuteApiEndpoint"]
            api["Properties"] |= {"ProtocolType": "HTTP", "Name": name, "DisableExecuteApiEndpoint": closed}
        return template

    def deploy(
        self,
        stack: str,
        template: Template,
        parameters: Mapping[str, str] = MappingProxyType({}),
        *,
        update: bool = False,
    ) -> dict[str, str]:
        """Create or update a stack and return its outputs; it must end well."""
        cloudformation = self.client("cloudformation")
        send = cloudformation.update_stack if update else cloudformation.create_stack
        send(
            StackName=stack,
            TemplateBody=json.dumps(template),
            Capabilities=CAPABILITIES,
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        )
        found = self._settled(stack)
        wanted = "UPDATE_COMPLETE" if update else "CREATE_COMPLETE"
        assert found["StackStatus"] == wanted, self._failures(stack)
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}

    def delete(self, stack: str) -> None:
        """Delete a stack; it must end well."""
        cloudformation = self.client("cloudformation")
        arn = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackId"]
        cloudformation.delete_stack(StackName=stack)
        assert self._settled(arn)["StackStatus"] == "DELETE_COMPLETE", self._failures(arn)

    def _settled(self, stack: str) -> Any:
        cloudformation = self.client("cloudformation")
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
            if "IN_PROGRESS" not in found["StackStatus"]:
                return found
            assert time.monotonic() < give_up_at, found
            time.sleep(0.1)

    def _failures(self, stack: str) -> list[tuple[str, str]]:
        events = self.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
        return [(event["LogicalResourceId"], event.get("ResourceStatusReason", "")) for event in failed]

    def physical(self, stack: str) -> dict[str, tuple[str, str]]:
        """Return what a stack and those inside it consist of: physical ids and types, by logical ids."""
        cloudformation = self.client("cloudformation")
        found: dict[str, tuple[str, str]] = {}
        for one in cloudformation.list_stack_resources(StackName=stack)["StackResourceSummaries"]:
            found[one["LogicalResourceId"]] = one["PhysicalResourceId"], one["ResourceType"]
            if one["ResourceType"] == "AWS::CloudFormation::Stack":
                inner = self.physical(one["PhysicalResourceId"])
                found |= {f"{one['LogicalResourceId']}/{name}": what for name, what in inner.items()}
        return found

    def wait_for(self, function: str) -> str:
        """Wait until the version that the alias names can be called, and return its number."""
        functions = self.client("lambda")
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = functions.get_function_configuration(FunctionName=function, Qualifier="live")
            if found["State"] == "Active":
                version: str = found["Version"]
                return version
            assert found["State"] == "Pending", found["StateReason"]
            assert time.monotonic() < give_up_at, found
            time.sleep(0.1)

    def login(self, pool: str, client: str) -> str:
        """Make a user of a Cognito pool and return the token of a login."""
        cognito = self.client("cognito-idp")
        name, password = "ann@example.org", "a-Password-4-tests"
        cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
        answer = cognito.initiate_auth(
            ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": name, "PASSWORD": password}
        )
        token: str = answer["AuthenticationResult"]["IdToken"]
        return token

    def ask(
        self, api: str, path: str, json_body: Any = None, *, stage: str = "$default", token: str | None = None
    ) -> tuple[int, bytes]:
        """Send a request through an API: POST with a body, else GET; return the status and the body."""
        url = f"{self.url}/_aws/execute-api/{api}/{stage}{path}"
        data = None if json_body is None else json.dumps(json_body).encode()
        headers = {"content-type": "application/json", **({"authorization": token} if token else {})}
        request = urllib.request.Request(url, data, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()


def routes(api: str, paths: dict[str, Any]) -> dict[str, Any]:
    """Return the paths of an HTTP API's OpenAPI body as resources of their own, which say the same."""
    found: dict[str, Any] = {}
    for number, (path, methods) in enumerate(sorted(paths.items())):
        named, integration = _integration(methods)
        condition = {"Condition": named} if named else {}
        properties = {
            "ApiId": {"Ref": api},
            "IntegrationType": "AWS_PROXY",
            "PayloadFormatVersion": integration["payloadFormatVersion"],
            "IntegrationUri": integration["uri"],
        }
        route = {
            "ApiId": {"Ref": api},
            "RouteKey": f"ANY {path}",
            "Target": {"Fn::Join": ["/", ["integrations", {"Ref": f"Integration{number}"}]]},
        }
        found[f"Integration{number}"] = {
            "Type": "AWS::ApiGatewayV2::Integration",
            **condition,
            "Properties": properties,
        }
        found[f"Route{number}"] = {"Type": "AWS::ApiGatewayV2::Route", **condition, "Properties": route}
    return found


def spell_out(paths: dict[str, Any]) -> None:
    """Name the methods of a REST API's paths, since the emulator does not know "any"."""
    for path in paths.values():
        methods = _chosen(path)
        any_method = methods.pop("x-amazon-apigateway-any-method")
        methods |= {"get": any_method, "post": any_method}


def _integration(methods: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """Return the integration of any method of a path, and the condition that SAM has put around it."""
    condition = None
    while "Fn::If" in methods:
        condition, methods, _ = methods["Fn::If"]
    method = methods["x-amazon-apigateway-any-method"]
    while "Fn::If" in method:
        method = method["Fn::If"][1]
    integration = method["x-amazon-apigateway-integration"]
    return condition, {name: _chosen(value) for name, value in integration.items()}


def _chosen(value: Any) -> Any:
    while isinstance(value, dict) and "Fn::If" in value:
        value = value["Fn::If"][1]
    return value
