"""One contract for every place where files are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from adapter.errors import ConfigurationError, StoreError
from adapter.files import FileStore, StoredFile, open_files
from adapter.files.base import PATH
from adapter.state.stores.provision import create_bucket
from tests.support import aws


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket, in moto."""
    with pytest.MonkeyPatch.context() as patch, mock_aws(), aws.s3() as client:
        patch.setenv("AWS_DEFAULT_REGION", aws.REGION)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        create_bucket(client, "files")
        yield "files"


@pytest.fixture(scope="module", params=["folder", "bucket", "bucket with a prefix"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the files are kept, as ``ADAPTER_FILES`` says it."""
    if request.param == "folder":
        return str(tmp_path_factory.mktemp("kept") / "files")
    name = request.getfixturevalue("bucket")
    return f"s3://{name}/a/prefix/" if "prefix" in request.param else f"s3://{name}"


@pytest.fixture(scope="module")
def store(url: str) -> FileStore:
    """A store over that place."""
    return open_files(url)


def test_what_was_put_is_got(store: FileStore, url: str) -> None:
    """By this store and by every other over the same place; bytes and name are as they were."""
    content = bytes(range(256))
    path = store.put("a picture.png", content)

    assert PATH.fullmatch(path)
    assert store.get(path) == open_files(url).get(path) == StoredFile("a picture.png", content)


def test_each_file_has_a_path_of_its_own(store: FileStore) -> None:
    """Files of the same name and content are two files."""
    paths = {store.put("a.txt", b"same") for _ in range(5)}
    assert len(paths) == 5
    assert [store.get(path) for path in paths] == [StoredFile("a.txt", b"same")] * 5


@pytest.mark.parametrize("name", ["", "..", "a/../b", "ümläut 文 🙂.txt", "文" * 200, "x" * 1_000, '"<>|?*.txt'])
def test_any_name_can_be_kept(store: FileStore, name: str) -> None:
    """A file may be called anything; what is kept of its name does no harm."""
    found = store.get(store.put(name, b""))
    assert found is not None
    assert found.name
    assert not set(found.name) & set('/\\"<>|?*')


@pytest.mark.parametrize("path", ["", "a", "uploads", "uploads/x", f"uploads/{'a' * 22}/x", f"uploads/{'a' * 22}/.."])
def test_other_paths_lead_nowhere(store: FileStore, path: str) -> None:
    """Only a path that was handed out is looked up."""
    store.put("a.txt", b"a")
    assert store.get(path) is None
    assert store.get(f"../{path}") is None


def test_a_bucket_that_is_not_there_is_told(bucket: str) -> None:
    """With its name, the setting and the right that may be missing."""
    store = open_files("s3://nowhere")
    with pytest.raises(StoreError, match=r"'nowhere'.*ADAPTER_FILES.*s3:PutObject"):
        store.put("a.txt", b"a")
    with pytest.raises(StoreError, match=r"'nowhere'.*ADAPTER_FILES.*s3:GetObject"):
        store.get(f"uploads/{'a' * 22}/x")


def test_wrong_aws_settings_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When the bucket is first used, since most environments never do."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "no address")
    with pytest.raises(ConfigurationError, match="ADAPTER_FILES=s3://files"):
        open_files("s3://files").put("a.txt", b"a")
