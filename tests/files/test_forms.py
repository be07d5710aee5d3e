"""Forms for large files, held against an emulator that checks signatures, policies and rights as S3 does."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import httpx
import pytest

from adapter.files import FileStore, UploadForm, open_files
from adapter.files.base import owner_of
from adapter.state.stores.provision import create_bucket
from tests.infra.cloud import Cloud
from tests.support import aws
from tests.support.ministack import running_ministack

pytestmark = pytest.mark.end_to_end

ANN = owner_of("ann")
BUCKET = "files"
CONTENT = b"\r\n--what looks like the end of a form--\r\n" * 200_000  # 8 MB
SAFE = f"kept/files/{ANN}/{'a' * 22}/other.txt"


@pytest.fixture(scope="module")
def store() -> Iterator[FileStore]:
    """A store over a bucket of the emulator's."""
    with running_ministack(AUTH="true") as url, pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("AWS_ENDPOINT_URL", url),
            ("AWS_DEFAULT_REGION", aws.REGION),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ):
            patch.setenv(name, value)
        create_bucket(Cloud(url).client("s3"), BUCKET)
        yield open_files(f"s3://{BUCKET}/kept")


@pytest.fixture
def form(store: FileStore) -> UploadForm:
    """A form for `CONTENT`."""
    found = store.form("large.html", len(CONTENT), owner=ANN)
    assert found is not None
    return found


def post(form: UploadForm, content: bytes, **changed: str) -> httpx.Response:
    """Post a form as a page does, its fields ``changed``: the bucket's answer."""
    fields = {**form.fields, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return httpx.post(form.url, data=fields, files={"file": ("file", content)}, trust_env=False, timeout=60)


def code(answer: httpx.Response) -> str:
    """Return what the bucket calls its refusal."""
    found = re.search("<Code>(.*)</Code>", answer.text)
    return found[1] if found else ""


def test_what_is_posted_is_a_file_like_any_other(store: FileStore, form: UploadForm) -> None:
    """Byte for byte; used, and fetched again by an address that makes a browser save it, whatever it is called."""
    answer = post(form, CONTENT)
    assert answer.status_code == 204, answer.text

    place = store.local(form.path)
    assert place is not None
    assert (place.name, place.read_bytes()) == ("large.html", CONTENT)
    found = store.get(form.path, most_bytes=1_000)
    assert found is not None
    assert found.content is None
    fetched = httpx.get(found.address or "", trust_env=False)
    assert fetched.content == CONTENT
    assert fetched.headers["content-disposition"] == "attachment"
    assert fetched.headers["content-type"] == "binary/octet-stream"


@pytest.mark.parametrize(
    ("content", "changed", "refused"),
    [
        (CONTENT + b"x", {}, "EntityTooLarge"),
        (CONTENT[:-1], {}, "EntityTooSmall"),
        (b"", {}, "EntityTooSmall"),
        (CONTENT, {"key": SAFE}, "AccessDenied"),
        (CONTENT, {"key": "state/lasting/other"}, "AccessDenied"),
        (CONTENT, {"Content_Type": "text/html"}, "AccessDenied"),
        (CONTENT, {"Content_Disposition": "inline"}, "AccessDenied"),
        (CONTENT, {"acl": "public-read"}, "AccessDenied"),
        (CONTENT, {"success_action_redirect": "https://evil.example"}, "AccessDenied"),
        (CONTENT, {"x_amz_signature": "0" * 64}, "SignatureDoesNotMatch"),
    ],
)
def test_the_bucket_takes_nothing_else(
    store: FileStore, form: UploadForm, content: bytes, changed: Mapping[str, str], refused: str
) -> None:
    """Neither more bytes nor fewer, nothing elsewhere, and nothing that a browser would show as a page."""
    answer = post(form, content, **changed)
    assert (answer.status_code in (400, 403), code(answer)) == (True, refused), answer.text
    assert store.get(form.path) is None


@pytest.mark.parametrize("wanted", [{"expiration": "2099-01-01T00:00:00Z"}, {"conditions": []}])
def test_a_policy_that_was_written_anew_is_not_signed(form: UploadForm, wanted: Mapping[str, object]) -> None:
    """Who has a form cannot make it a longer or a wider one."""
    policy = json.loads(base64.b64decode(form.fields["policy"])) | wanted
    forged = base64.b64encode(json.dumps(policy).encode()).decode()
    assert code(post(form, CONTENT, policy=forged)) == "SignatureDoesNotMatch"


def test_a_form_is_good_for_some_minutes(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """After them the bucket refuses it."""
    monkeypatch.setattr("adapter.files.s3.FORM_SECONDS", 0)
    late = store.form("late.bin", 3, owner=ANN)
    assert late is not None
    assert code(post(late, b"abc")) == "AccessDenied"
    assert store.get(late.path) is None


def test_a_form_is_of_use_without_any_other_right(form: UploadForm) -> None:
    """Nothing but what stands in it is sent; without its signature the bucket is closed."""
    assert code(post(replace(form, fields={"key": form.fields["key"]}), CONTENT)) in ("AccessDenied", "MissingFields")
