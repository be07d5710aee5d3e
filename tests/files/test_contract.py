"""One contract for every place where files are kept."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from moto import mock_aws

from adapter.errors import ConfigurationError, NotAllowed, StoreError
from adapter.files import FileStore, LocalFiles, StoredFile, open_files
from adapter.files.base import PATH, owner_in, owner_of, path_of
from adapter.files.in_call import CallFiles
from adapter.state.stores.provision import create_bucket
from tests.support import aws

ANN, BEN = owner_of("ann"), owner_of("ben")


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


def test_a_sessions_file_is_nobody_elses(store: FileStore) -> None:
    """Its path names its owner, and a claim of anybody else fails."""
    path = store.put("a.txt", b"a", owner=ANN)

    assert owner_in(path) == ANN
    assert store.claim(path, ANN)
    assert not store.claim(path, BEN)
    assert store.claim(path, ANN)


def test_an_upload_is_the_first_claimers(store: FileStore, url: str) -> None:
    """Gradio's clients upload without a session: whoever uses the file first owns it, in every environment."""
    path = store.put("a.txt", b"a")

    assert owner_in(path) is None
    assert store.claim(path, ANN)
    assert not open_files(url).claim(path, BEN)
    assert open_files(url).claim(path, ANN)


def test_one_of_many_claimers_wins(store: FileStore) -> None:
    """Of claims at the same time exactly one holds."""
    path = store.put("a.txt", b"a")
    owners = [owner_of(str(number)) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda owner: store.claim(path, owner), owners))

    assert sum(won) == 1
    assert [store.claim(path, owner) for owner in owners] == won


@pytest.mark.parametrize("path", ["", "uploads/x", f"uploads/{'a' * 22}/..", f"files/{'a' * 22}/x", "/etc/passwd"])
def test_what_was_never_kept_cannot_be_claimed(store: FileStore, path: str) -> None:
    """A claim of a path that this store does not hand out fails."""
    assert not store.claim(path, ANN)


def test_a_file_is_on_this_machines_disk(store: FileStore, url: str) -> None:
    """At a place that is the same in every environment, and that leads back to its path."""
    path = store.put("a picture.png", b"content", owner=ANN)
    place = store.local(path)

    assert place is not None
    assert (place.name, place.read_bytes()) == ("a picture.png", b"content")
    assert open_files(url).local(path) == place
    assert path_of(store, place) == path
    assert path_of(store, place.parent) is None
    assert path_of(store, "/etc/passwd") is None
    assert store.local(f"uploads/{'a' * 22}/x") is None
    assert store.local("../x") is None


def test_a_file_is_kept_for_its_time_only(url: str) -> None:
    """What is older is not served, and has no place."""
    path = open_files(url).put("a.txt", b"a")
    late = open_files(url, life_seconds=-1)

    assert late.get(path) is None
    assert open_files(url).get(path) is not None
    if not url.startswith("s3://"):  # a copy of a bucket's file may stand on the disk for longer
        assert late.local(path) is None


def test_a_folder_forgets_what_is_old(tmp_path: Path) -> None:
    """A new file makes the store look for those whose time is up."""
    store = LocalFiles(tmp_path)
    old, owned = store.put("a.txt", b"a"), store.put("b.txt", b"b", owner=ANN)
    assert store.claim(old, ANN)
    for place in (*tmp_path.glob("uploads/*"), *tmp_path.glob("files/*/*")):
        os.utime(place, (0, 0))

    kept = LocalFiles(tmp_path).put("c.txt", b"c")
    assert [place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*.*")] == [kept]
    assert store.get(owned) is None


def test_a_large_file_of_a_bucket_comes_as_an_address(bucket: str) -> None:
    """Signed and good for some minutes, since an answer of Lambda's has 6 MB."""
    store = open_files(f"s3://{bucket}")
    path = store.put("large.bin", b"x" * 100)
    found = store.get(path, most_bytes=99)

    assert found is not None
    assert found.content is None
    address = urlsplit(found.address or "")
    assert address.netloc == f"{bucket}.s3.{aws.REGION}.amazonaws.com"
    assert path in address.path
    assert [f"{address.scheme}://{address.netloc}"] == store.origins()
    assert {"X-Amz-Expires", "X-Amz-Signature"} < set(parse_qs(address.query))
    assert store.get(path, most_bytes=100) == StoredFile("large.bin", b"x" * 100)


def test_a_bucket_takes_a_file_by_a_form(bucket: str) -> None:
    """Signed for one file of one session: for its key, its bytes, no kind, and some minutes; no request is sent."""
    store = open_files(f"s3://{bucket}/a/prefix")
    form = store.form("../large ü${filename}.html", 20_000_000, owner=ANN)

    assert store.direct
    assert form is not None
    assert PATH.fullmatch(form.path)
    assert owner_in(form.path) == ANN
    assert form.path.endswith("/large üfilename-65c7e3e8.html")
    assert [form.url.removesuffix("/")] == store.origins()
    assert form.fields["key"] == f"a/prefix/{form.path}"
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    signed = {name: value for one in policy["conditions"] if isinstance(one, dict) for name, value in one.items()}
    assert signed == {"bucket": bucket, **unsigned(form.fields)}
    assert [one for one in policy["conditions"] if isinstance(one, list)] == [
        ["content-length-range", 20_000_000, 20_000_000]
    ]
    assert signed["Content-Type"] == "binary/octet-stream"
    left = datetime.fromisoformat(policy["expiration"]) - datetime.now(UTC)
    assert timedelta(minutes=1) < left <= timedelta(minutes=15)
    again = store.form("large.html", 20_000_000, owner=ANN)
    assert again is not None
    assert again.path.split("/")[2] != form.path.split("/")[2]


def unsigned(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form that its policy has to name."""
    return {name: value for name, value in fields.items() if name not in ("policy", "x-amz-signature")}


def test_a_folder_takes_no_file_by_a_form(tmp_path: Path) -> None:
    """There is nobody but the API to send it to."""
    store = LocalFiles(tmp_path)
    assert not store.direct
    assert store.form("a.txt", 1, owner=ANN) is None


def test_another_sessions_file_is_not_even_copied(bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It may be large: who may not use it does not make the machine fetch it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = open_files(f"s3://{bucket}")
    path = store.put("a.txt", b"a", owner=ANN)

    with pytest.raises(NotAllowed, match="another session's"):
        CallFiles(store, owner=BEN).take({"path": path})
    assert not store.root.exists()
    assert CallFiles(store, owner=ANN).take({"path": path}).read_bytes() == b"a"


def test_copies_of_a_buckets_files_leave_room(bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The oldest make way for new ones, and are fetched again when they are needed."""
    monkeypatch.setattr("adapter.files.s3.COPIES_BYTES", 250)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = open_files(f"s3://{bucket}")
    paths = [store.put(f"{number}.bin", b"x" * 100) for number in range(3)]
    for number, path in enumerate(paths[:2]):
        os.utime(copy(store, path), (number, number))

    assert copy(store, paths[2]).is_file()
    assert [(store.root / path).is_file() for path in paths] == [False, True, True]
    assert copy(store, paths[0]).read_bytes() == b"x" * 100


def copy(store: FileStore, path: str) -> Path:
    """Return where the file is on this machine; it is there."""
    place = store.local(path)
    assert place is not None
    return place


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
