"""Addresses on the command line of ``adapter site``."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

NAME_MARK = "{app}"


def address(text: str) -> str:
    """Return ``text`` without a slash at its end, if it is the address of an API.

    Raises:
        argparse.ArgumentTypeError: it is not.
    """
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is no address of an API; give https://HOST or https://HOST/PATH")
    return text.rstrip("/")


def origin(text: str) -> str:
    """Return ``text`` without a slash at its end, if it is a web origin.

    Raises:
        argparse.ArgumentTypeError: it is not.
    """
    parts = urlsplit(address(text))
    if parts.path:
        raise argparse.ArgumentTypeError(f"{text!r} has a path; give the origin alone: {parts.scheme}://{parts.netloc}")
    return f"{parts.scheme}://{parts.netloc}"
