"""Large files, from the page to an emulator's bucket that checks signatures, policies, rights and origins."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from adapter.commands.cli import main
from adapter.state.stores.provision import create_bucket
from tests.browser.node import HERE, run
from tests.infra.cloud import Cloud
from tests.support import aws
from tests.support.dev import running_app
from tests.support.ministack import running_ministack
from tests.support.static import file_server

pytestmark = pytest.mark.end_to_end

APP = HERE / "apps" / "direct.py"
BUCKET = "large-files"
LARGEST = "25000000"


@dataclass(frozen=True)
class Served:
    """The app, and its page as files on a server of its own.

    Attributes:
        api: the app's address.
        exported: the page's.
        bucket: where forms are posted to.
    """

    api: str
    exported: str
    bucket: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app in two environments; the bucket knows the origins of both pages."""
    site = tmp_path_factory.mktemp("site")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAPTER_MAX_FILE_BYTES", LARGEST)
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("copies")))
        emulator = stack.enter_context(running_ministack(AUTH="true"))
        s3 = Cloud(emulator).client("s3")
        create_bucket(s3, BUCKET)
        variables = {
            "AWS_ENDPOINT_URL": emulator,
            "AWS_DEFAULT_REGION": aws.REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "ADAPTER_FILES": f"s3://{BUCKET}/files/direct",
            "ADAPTER_MAX_UPLOAD_BYTES": "4000000",  # as on Lambda: the dev server takes more
        }
        api = stack.enter_context(running_app(APP, "--no-reload", "--environments", "2", environment=variables))
        exported = stack.enter_context(file_server(site))
        assert main(["site", str(site), "--app", str(APP), "--api-url", api, "--origin", emulator]) == 0
        rule = {"AllowedMethods": ["POST"], "AllowedOrigins": [api, exported], "MaxAgeSeconds": 600}
        s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": [rule]})
        yield Served(api, exported, f"{emulator}/{BUCKET}")


@pytest.mark.parametrize("page", ["api", "exported"])
def test_large_files(served: Served, page: str) -> None:
    """The page sends them to the bucket itself, whoever serves it; nothing lies there but whole files of sessions."""
    run("direct", getattr(served, page), API=served.api, BUCKET=served.bucket)
    s3 = Cloud(served.bucket.removesuffix(f"/{BUCKET}")).client("s3")
    kept = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert {one["Size"] for one in kept} == {4_000_000, 5_000_000, 20_000_000}
    assert all(one["Key"].startswith("files/direct/files/") for one in kept)
