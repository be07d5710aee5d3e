"""Uploaded and produced files, behind one small store: a folder here, a bucket on AWS."""

from __future__ import annotations

from adapter.files.base import LIFE_SECONDS, FileStore, StoredFile, UploadForm, safe_name
from adapter.files.local import LocalFiles

__all__ = ["FileStore", "LocalFiles", "StoredFile", "UploadForm", "open_files", "safe_name"]


def open_files(url: str, *, life_seconds: float = LIFE_SECONDS) -> FileStore:
    """Return the file store at ``url``: a folder, or ``s3://BUCKET/PREFIX``."""
    if not url.startswith("s3://"):
        return LocalFiles(url, life_seconds=life_seconds)
    from adapter.files.s3 import S3Files  # botocore is imported only where it is used

    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    return S3Files(bucket, prefix=prefix.strip("/"), life_seconds=life_seconds)
