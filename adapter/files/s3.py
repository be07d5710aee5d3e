"""Files in an S3 bucket, and copies of those that calls use on this machine's disk."""

from __future__ import annotations

import datetime
import logging
import mimetypes
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from adapter.errors import ConfigurationError, StoreError
from adapter.files.base import LIFE_SECONDS, PATH, StoredFile, UploadForm, claim_of, new_path, owner_in
from adapter.files.whole import whole

logger = logging.getLogger("adapter.files")

CONNECT_SECONDS = 2
READ_SECONDS = 10
ATTEMPTS = 3
"""Tries of one request, the first included."""

ADDRESS_SECONDS = 300
"""How long a signed address of a large file is good."""

FORM_SECONDS = 900
"""How long a signed form is good: time to send 100 MB at 1 Mbit/s, should S3 look at its end only."""

KIND = "binary/octet-stream"
"""Of each object, whatever the visitor calls it: S3's own for one without a kind, as those of `put` are.
Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html"""

PLAYED = ("audio/", "video/")
"""Kinds that a large file is given out as, since Safari plays nothing of `KIND`; none of them runs as a page."""

PIECE_BYTES = 1024 * 1024
"""Of a file that is being copied, in memory."""

DENIED = "AccessDenied"
ABSENT = {"NoSuchKey", DENIED}
"""What S3 says of a file that is not there; denied is what a role is told that may not list the bucket, and none
needs to. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"""

COPIES_BYTES = 256 * 1024 * 1024
"""Room for copies on this machine's disk, of which Lambda gives 512 MB unless told otherwise.
Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html"""


class S3Files:
    """Keeps files in a bucket.

    Args:
        bucket: its name.
        prefix: put before every key, without slashes at its ends.
        life_seconds: how long a file is served; a lifecycle rule of the bucket removes it later.
    """

    direct = True

    def __init__(self, bucket: str, *, prefix: str = "", life_seconds: float = LIFE_SECONDS) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._life = datetime.timedelta(seconds=life_seconds)
        self.root = Path(tempfile.gettempdir()) / "adapter-files" / bucket / prefix

    @cached_property
    def _client(self) -> Any:
        """Botocore's client, made when it is first used: that takes 0.1 s, and most environments see no file."""
        return self._made()

    @cached_property
    def _signer(self) -> Any:
        """The client that signs addresses: with the region in the host, as new buckets and the policy want it."""
        if ".amazonaws." not in self._client.meta.endpoint_url:
            return self._made(signature_version="s3v4")  # an emulator, which has no names for its buckets
        named = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
        return self._made(signature_version="s3v4", s3=named)

    def _made(self, **options: Any) -> Any:
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            **options,
        )
        try:
            # Not boto3: it adds its resources to the import, a tenth of a second of every cold start.
            return botocore.session.get_session().create_client("s3", config=config)
        except (BotoCoreError, ValueError) as error:
            raise ConfigurationError(
                f"The AWS settings do not do for ADAPTER_FILES=s3://{self._bucket}: {error}. "
                f"Correct the AWS_… variable or profile it names."
            ) from error

    def put(self, name: str, content: bytes, *, owner: str | None = None) -> str:
        path = new_path(name, owner)
        try:
            answer = self._client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=content)
        except (BotoCoreError, ClientError, ResponseParserError) as error:
            raise self._refused("s3:PutObject", error) from error
        self._check("ETag" in answer, "s3:PutObject")
        return path

    def form(self, name: str, size: int, *, owner: str) -> UploadForm | None:
        path = new_path(name, owner)
        fields = {"Content-Type": KIND}
        conditions = [fields, ["content-length-range", size, size]]
        try:
            signed = self._signer.generate_presigned_post(  # computed here: no request is sent
                self._bucket, self._prefix + path, Fields=fields, Conditions=conditions, ExpiresIn=FORM_SECONDS
            )
        except BotoCoreError as error:
            raise self._refused("s3:PutObject", error) from error
        return UploadForm(path, signed["url"], signed["fields"])

    def get(self, path: str, *, most_bytes: int | None = None) -> StoredFile | None:
        found = self._found(path) if PATH.fullmatch(path) else None
        if found is None:
            return None
        name = path.rsplit("/", 1)[-1]
        if most_bytes is not None and found["ContentLength"] > most_bytes:
            found["Body"].close()
            return StoredFile(name, None, self._address(path))
        return StoredFile(name, self._read(found))

    def claim(self, path: str, owner: str) -> bool:
        if not path.startswith("uploads/"):
            return owner_in(path) == owner
        if not PATH.fullmatch(path):
            return False
        key = self._prefix + claim_of(path)
        try:
            answer = self._client.put_object(Bucket=self._bucket, Key=key, Body=owner.encode(), IfNoneMatch="*")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] not in (409, 412):  # somebody was first
                raise self._refused("s3:PutObject", error) from error
            noted = self._found(claim_of(path))
            return noted is not None and bool(self._read(noted) == owner.encode())
        except (BotoCoreError, ResponseParserError) as error:
            raise self._refused("s3:PutObject", error) from error
        self._check("ETag" in answer, "s3:PutObject")
        return True

    def local(self, path: str) -> Path | None:
        if not PATH.fullmatch(path):
            return None
        place = self.root / path
        if place.is_file():
            return place
        found = self._found(path)
        if found is None:
            return None
        self._make_room(found["ContentLength"])
        try:
            with whole(place) as copy:
                for piece in found["Body"].iter_chunks(PIECE_BYTES):
                    copy.write(piece)
        except BotoCoreError as error:
            raise self._refused("s3:GetObject", error) from error
        return place

    def origins(self) -> list[str]:
        parts = urlsplit(self._address("any"))
        return [f"{parts.scheme}://{parts.netloc}"]

    def _found(self, path: str) -> Any:
        """Return S3's answer for the object at ``path``; ``None`` where there is none, or its time is up."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
        except (BotoCoreError, ClientError, ResponseParserError) as error:
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
            if code not in ABSENT:
                raise self._refused("s3:GetObject", error) from error
            if code == DENIED:
                logger.warning("a file is not there, or the role does not allow s3:GetObject: %s", error)
            return None
        self._check({"LastModified", "ContentLength", "ETag"} <= found.keys(), "s3:GetObject")
        return found if found["LastModified"] + self._life > datetime.datetime.now(datetime.UTC) else None

    def _read(self, found: Any) -> bytes:
        try:
            content: bytes = found["Body"].read()
        except BotoCoreError as error:
            raise self._refused("s3:GetObject", error) from error
        return content

    def _address(self, path: str) -> str:
        key = {"Bucket": self._bucket, "Key": self._prefix + path, "ResponseContentDisposition": "attachment"}
        kind = mimetypes.guess_type(path)[0] or ""
        if kind.startswith(PLAYED):
            key["ResponseContentType"] = kind
        address: str = self._signer.generate_presigned_url("get_object", Params=key, ExpiresIn=ADDRESS_SECONDS)
        return address

    def _make_room(self, size: int) -> None:
        """Remove the oldest copies until ``size`` bytes more fit."""
        copies = [(place.stat(), place) for place in self.root.rglob("*") if place.is_file()]
        used = size + sum(stat.st_size for stat, _ in copies)
        for stat, place in sorted(copies, key=lambda copy: copy[0].st_mtime):
            if used <= COPIES_BYTES:
                return
            place.unlink()
            used -= stat.st_size

    def _check(self, fits: bool, action: str) -> None:
        """Check that what answered 200 is S3: a page that stands before it has not what S3 always tells."""
        if not fits:
            raise self._refused(action, ValueError("something answered 200 that is not S3"))

    def _refused(self, action: str, error: Exception) -> StoreError:
        return StoreError(
            f"A file could not be kept in or read from bucket {self._bucket!r}: {error}. "
            f"Check that ADAPTER_FILES names it and that the function's role allows {action}."
        )
