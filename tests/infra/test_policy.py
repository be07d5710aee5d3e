"""The rights of an app's role, held against what a run of all its functions asks AWS for."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from botocore.exceptions import ClientError

import adapter as gr
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from tests.infra.cloud import Cloud
from tests.infra.recorder import Request, recording
from tests.infra.templates import translated
from tests.support import aws
from tests.support.http import SESSION, Door
from tests.support.ministack import running_ministack

pytestmark = pytest.mark.end_to_end

APP, OTHER = "everything", "everything-else"
BOUNDARY = "----a-boundary"
ABSENT = f"uploads/{'a' * 22}/x.txt"
DAYS = 24 * 60 * 60
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENIED = {"AccessDenied", "AccessDeniedException"}


@dataclass
class Deployed:
    """A table, a bucket, and one who has the rights of an app's role and no others.

    Attributes:
        cloud: where they are.
        table: its name.
        bucket: its name.
        policy: the role's.
        key: of the one who has its rights.
        secret: likewise.
        seen: what a run of the app's functions asked for.
    """

    cloud: Cloud
    table: str
    bucket: str
    policy: dict[str, Any]
    key: str
    secret: str
    seen: list[Request]

    def client(self, service: str) -> Any:
        """Return a client of the one who has the role's rights."""
        return self.cloud.client(service, key=self.key, secret=self.secret)

    def statement(self, sid: str) -> dict[str, Any]:
        """Return a statement of the policy."""
        [found] = [statement for statement in self.policy["Statement"] if statement["Sid"] == sid]
        return dict(found)


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    """The stacks of the state and of a role, in an emulator that holds callers to their rights."""
    templates = translated()
    with running_ministack(AUTH="true") as url:
        cloud = Cloud(url)
        made = cloud.deploy("state", _unsealed())
        names = {"App": APP, "Table": made["Table"], "Bucket": made["Bucket"], "LogGroup": "logs", "Tracing": "Active"}
        role = cloud.deploy("role", templates["infra/role.yaml"], names)["Arn"].rpartition("/")[2]
        policy = cloud.client("iam").get_role_policy(RoleName=role, PolicyName="app")["PolicyDocument"]
        key, secret = user(cloud, policy, name=APP)
        found = Deployed(cloud, made["Table"], made["Bucket"], policy, key, secret, [])
        with recording(url) as recorder, pytest.MonkeyPatch.context() as patch:
            for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_DYNAMODB"):
                patch.delenv(name, raising=False)
            patch.setenv("AWS_ENDPOINT_URL", recorder.url)
            patch.setenv("AWS_DEFAULT_REGION", aws.REGION)
            patch.setenv("AWS_ACCESS_KEY_ID", key)
            patch.setenv("AWS_SECRET_ACCESS_KEY", secret)
            use_everything(found)
            found.seen = recorder.seen
        yield found


def user(cloud: Cloud, policy: dict[str, Any], *, name: str) -> tuple[str, str]:
    """Make a user with these rights; return the key and the secret."""
    iam = cloud.client("iam")
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy))
    made = iam.create_access_key(UserName=name)["AccessKey"]
    return made["AccessKeyId"], made["SecretAccessKey"]


def use_everything(deployed: Deployed) -> None:
    """Let an app do all that apps do with the table and the bucket; every answer must be good."""
    from tests.infra.apps.everything import demo, ended

    def environment() -> Door:
        settings = Settings(
            app=APP,
            store=f"dynamodb://{deployed.table}",
            state_bucket=deployed.bucket,
            files=f"s3://{deployed.bucket}/files/{APP}",
            session_keys=("a-key-for-tests-of-32-bytes-0123",),
        )
        return Door(gr.handler(demo, settings=settings))

    here, there = environment(), environment()
    for api, inputs in (("small", ["a", "b", ""]), ("alone", ["c"]), ("large", ["d", "e", ""])):
        for number, text in enumerate(inputs):
            answer = (here if number % 2 else there).run(text, None, api=api, session="ann")
            assert answer.status == 200, answer.body
    for size in ("10", "100000", "100001", "10"):  # in the item, in the bucket, in another object, in the item again
        assert here.run(size, None, api="everybody", session="ann").status == 200
    number = next(one["id"] for one in here.get("/config").json["dependencies"] if one["api_name"] == "small")
    assert here.queue("f", None, fn_index=number)[-1]["msg"] == "close_stream"
    assert here.call("g", None, api="small", session_hash="ann")[-1][0] == "complete"
    assert here.run("h", None, api="large", session="ben").status == 200
    assert here("POST", "/gradio_api/session/reset", query={"session_hash": "ben"}).json == {"success": True}
    use_files(here)
    age_session(deployed)
    assert there.run("", None, api="large", session="ann").status == 200
    assert here.handler(expired(deployed), None) == {"batchItemFailures": []}
    assert [len(value) for value in ended] == [100_000, 100_000]
    use_warm_store(None)
    for door in (here, there):
        door.close()


def use_files(door: Door) -> None:
    """Upload, use, make and fetch files, small ones and by a form, and ask for one that is not there."""
    head = 'Content-Disposition: form-data; name="files"; filename="a.txt"'
    form = f"--{BOUNDARY}\r\n{head}\r\n\r\nabc\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    [path] = door("POST", "/gradio_api/upload", body=form, headers=kind).json
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    for _ in range(2):
        answer = door.run(file, None, api="read", session="ann")
        assert answer.status == 200, answer.body
        assert answer.data[0] == "abc"
    written = door.run("made here", None, api="write", session="ann")
    assert written.status == 200, written.body
    assert door.get(f"/gradio_api/file={quote(written.data[0]['path'])}").body == b"made here"
    assert door.get(f"/gradio_api/file={ABSENT}").status in (403, 404)
    new = door("POST", "/gradio_api/upload", body=form, headers={**kind, SESSION: "new"})
    assert new.json[0].startswith("files/")
    form = door("POST", "/gradio_api/upload/form", json={"name": "b.txt", "size": 3, "session_hash": "ann"}).json
    sent = httpx.post(form["url"], data=form["fields"], files={"file": ("file", b"abc")}, trust_env=False)
    assert sent.status_code == 204, sent.text
    answer = door.run({**file, "path": form["path"]}, None, api="read", session="ann")
    assert answer.data[0] == "abc"


def age_session(deployed: Deployed) -> None:
    """Make the session with an object as old as one in use may become: its next use copies the object."""
    dynamodb = deployed.cloud.client("dynamodb")
    [item] = (item for item in items(deployed) if item["pk"]["S"].startswith("S#") and "k" in item)
    now = int(time.time())
    dynamodb.update_item(
        TableName=deployed.table,
        Key={"pk": item["pk"]},
        UpdateExpression="SET t = :t, x = :x",
        ExpressionAttributeValues={":t": {"N": str(now - 2 * DAYS)}, ":x": {"N": str(now + 600)}},
    )


def expired(deployed: Deployed) -> dict[str, Any]:
    """Return the event by which the table's stream tells that the session with an object has expired."""
    [item] = (item for item in items(deployed) if item["pk"]["S"].startswith("S#") and "k" in item)
    image = {
        name: {kind: base64.b64encode(value).decode() if kind == "B" else value for kind, value in attribute.items()}
        for name, attribute in item.items()
    }
    record = {
        "eventName": "REMOVE",
        "eventSource": "aws:dynamodb",
        "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"},
        "dynamodb": {"Keys": {"pk": item["pk"]}, "OldImage": image},
    }
    return {"Records": [record]}


def items(deployed: Deployed) -> list[dict[str, Any]]:
    """Return what is in the table."""
    found: list[dict[str, Any]] = deployed.cloud.client("dynamodb").scan(TableName=deployed.table)["Items"]
    return found


def allows(statement: dict[str, Any], request: Request) -> bool:
    """Whether a statement allows what was asked for: its action, its resource and the first part of its keys."""
    service = request.action.partition(":")[0]
    arn = {
        "dynamodb": f"arn:aws:dynamodb:{aws.REGION}:000000000000:table/{request.resource}",
        "s3": f"arn:aws:s3:::{request.resource}",
    }[service]
    condition = statement.get("Condition", {}).get("ForAllValues:StringLike", {})
    patterns = condition.get("dynamodb:LeadingKeys", ["*"])
    return (
        request.action in statement["Action"]
        and any(fnmatchcase(arn, pattern) for pattern in listed(statement["Resource"]))
        and (bool(request.keys) or "Condition" not in statement)
        and all(any(fnmatchcase(key, pattern) for pattern in patterns) for key in request.keys)
    )


def listed(value: str | list[str]) -> list[str]:
    """Return what IAM takes as one or as several."""
    return [value] if isinstance(value, str) else value


def test_no_right_is_missing(deployed: Deployed) -> None:
    """All that the functions asked for was let through, and the policy says so in each single case."""
    refused = [request for request in deployed.seen if request.status == 403]
    assert [request for request in refused if not request.resource.endswith(ABSENT)] == []
    for request in deployed.seen:
        assert any(allows(statement, request) for statement in deployed.policy["Statement"]), request


def test_no_right_is_unused(deployed: Deployed) -> None:
    """Each action of each statement was needed, on each kind of key and in each folder that it names."""
    for sid in ("Items", "LargeState", "Files"):
        statement = deployed.statement(sid)
        used = [request for request in deployed.seen if allows(statement, request)]
        assert {request.action for request in used} == set(statement["Action"]), sid
        for pattern in listed(statement["Resource"]):
            assert any(allows({**statement, "Resource": pattern}, request) for request in used), pattern
    condition = deployed.statement("Items")["Condition"]["ForAllValues:StringLike"]
    for pattern in condition["dynamodb:LeadingKeys"]:
        assert any(fnmatchcase(key, pattern) for request in deployed.seen for key in request.keys), pattern
    assert {statement["Sid"] for statement in deployed.policy["Statement"]} == {
        *("Items", "LargeState", "Files"),
        *("Log", "Traces"),  # of Lambda and X-Ray, which run beside the function
    }


def test_the_rights_are_to_nothing_else(deployed: Deployed) -> None:
    """No action on whatever there is but X-Ray's, which knows no resources; and to a log that is there, only lines."""
    for statement in deployed.policy["Statement"]:
        assert not any("*" in action for action in listed(statement["Action"]))
        if statement["Sid"] != "Traces":
            assert "*" not in listed(statement["Resource"])
    assert set(deployed.statement("Log")["Action"]) == {"logs:CreateLogStream", "logs:PutLogEvents"}


def test_another_apps_items_are_out_of_reach(deployed: Deployed) -> None:
    """By the condition on keys: also those of an app whose name begins like this one's."""
    statement = deployed.statement("Items")
    for kind in "SGCM":
        for app in (OTHER, "other", ""):
            request = Request("dynamodb:GetItem", deployed.table, (f"{kind}#{app}#a",), 200)
            assert not allows(statement, request), request
            both = Request("dynamodb:BatchGetItem", deployed.table, (f"{kind}#{APP}#a", f"{kind}#{app}#a"), 200)
            assert not allows(statement, both), both


def test_another_apps_objects_are_out_of_reach(deployed: Deployed) -> None:
    """Neither to read nor to write nor to list; the emulator refuses it."""
    s3, table = deployed.client("s3"), deployed.table
    for folder in (f"state/expiring/{table}/{OTHER}", f"state/lasting/{table}/{OTHER}", f"files/{OTHER}", "state"):
        for send in (s3.get_object, s3.put_object, s3.delete_object):
            with pytest.raises(ClientError) as refused:
                send(Bucket=deployed.bucket, Key=f"{folder}/a")
            assert refused.value.response["Error"]["Code"] in DENIED
    with pytest.raises(ClientError) as refused:
        s3.list_objects_v2(Bucket=deployed.bucket)
    assert refused.value.response["Error"]["Code"] in DENIED


def test_the_table_is_used_by_keys_only(deployed: Deployed) -> None:
    """A function reads no table as a whole, changes none, and uses no other."""
    dynamodb = deployed.client("dynamodb")
    key = {"pk": {"S": f"S#{APP}#a"}}
    deployed.cloud.client("dynamodb").create_table(
        TableName="other",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
    asking: list[Callable[[], Any]] = [
        lambda: dynamodb.scan(TableName=deployed.table),
        lambda: dynamodb.put_item(TableName=deployed.table, Item=key),
        lambda: dynamodb.describe_table(TableName=deployed.table),
        lambda: dynamodb.get_item(TableName="other", Key=key),
    ]
    for send in asking:
        with pytest.raises(ClientError) as refused:
            send()
        assert refused.value.response["Error"]["Code"] in DENIED


def test_a_form_gives_its_signers_rights_and_no_others(deployed: Deployed) -> None:
    """One that is signed for another app's folder, by a role that may not write there, is refused."""
    s3 = deployed.client("s3")
    for key, status in ((f"files/{APP}/a.txt", 204), (f"files/{OTHER}/a.txt", 403), ("state/a", 403)):
        form = s3.generate_presigned_post(deployed.bucket, key)
        sent = httpx.post(form["url"], data=form["fields"], files={"file": ("file", b"abc")}, trust_env=False)
        assert sent.status_code == status, (key, sent.text)


def test_pages_may_send_forms_to_the_bucket_and_do_nothing_else(deployed: Deployed) -> None:
    """Those of any origin unless the template is told which: who has no signed form can send nothing."""
    named = deployed.cloud.deploy("named", _unsealed(), {"UploadOrigins": "https://a.example,https://b.example"})
    for bucket, origin, method, status in (
        (deployed.bucket, "https://a.example", "POST", 200),
        (deployed.bucket, "https://a.example", "PUT", 403),
        (deployed.bucket, "https://a.example", "GET", 403),
        (named["Bucket"], "https://b.example", "POST", 200),
        (named["Bucket"], "https://c.example", "POST", 403),
    ):
        asked = {"origin": origin, "access-control-request-method": method}
        answer = httpx.options(f"{deployed.cloud.url}/{bucket}", headers=asked, trust_env=False)
        assert answer.status_code == status, (bucket, origin, method)
    unsigned = {"key": f"files/{APP}/a.txt"}
    for bucket in (deployed.bucket, named["Bucket"]):
        url = f"{deployed.cloud.url}/{bucket}"
        sent = httpx.post(url, data=unsigned, files={"file": ("file", b"abc")}, trust_env=False)
        assert sent.status_code == 403, sent.text


def _unsealed() -> dict[str, Any]:
    """Return the template of the state without the policy that wants TLS, which the emulator does not speak."""
    template: dict[str, Any] = json.loads(json.dumps(translated()["infra/state.yaml"]))
    del template["Resources"]["BucketPolicy"]
    return template


def test_the_bucket_is_reached_by_tls_only(deployed: Deployed) -> None:
    """Its policy refuses also who may do everything; all that is public is blocked."""
    bucket = deployed.cloud.deploy("sealed", translated()["infra/state.yaml"])["Bucket"]
    key, secret = user(deployed.cloud, {"Version": "2012-10-17", "Statement": [EVERYTHING]}, name="anybody")
    with pytest.raises(ClientError) as refused:
        deployed.cloud.client("s3", key=key, secret=secret).put_object(Bucket=bucket, Key="a")
    assert refused.value.response["Error"]["Code"] in DENIED
    blocked = deployed.cloud.client("s3").get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert len(blocked) == 4
    assert all(blocked.values())
