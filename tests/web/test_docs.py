"""The page that shows the OpenAPI document."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

import adapter as gr
from adapter.settings import Settings
from adapter.web.app import create_app
from adapter.web.page.docs import RELEASE, SEALS
from tests.support.http import Door
from tests.web.conftest import KEYS, Serve


@pytest.mark.parametrize(
    ("on_lambda", "api_docs", "shown"),
    [(False, None, True), (True, None, False), (True, True, True), (False, False, False)],
)
def test_it_is_there_but_on_lambda(history: gr.Interface, on_lambda: bool, api_docs: bool | None, shown: bool) -> None:
    """A deployed app shows it when a setting says so; the document itself is always there."""
    settings = Settings(on_lambda=on_lambda, api_docs=api_docs, session_keys=KEYS)
    paths = {getattr(route, "path", "") for route in create_app(history, settings).routes}
    assert ("/docs" in paths, "/openapi.json" in paths) == (shown, True)


@pytest.mark.parametrize(("text", "shown"), [(None, True), ("1", True), ("0", False)])
def test_the_setting_is_a_switch(text: str | None, shown: bool) -> None:
    """``ADAPTER_API_DOCS`` turns it on or off; left out, it is on where this is not Lambda."""
    told = {} if text is None else {"ADAPTER_API_DOCS": text}
    assert Settings.from_environment(told).shows_docs is shown


def test_each_file_from_elsewhere_is_sealed(door: Door) -> None:
    """A browser takes the one release whose digests stand here, and runs nothing else but the line that starts it."""
    answer = door.get("/docs")
    page, policy = answer.body.decode(), answer.headers["content-security-policy"]
    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)" integrity="(sha384-[^"]+)"', page)
    assert {address.removeprefix(RELEASE): seal for address, seal in loaded} == SEALS
    [start] = re.findall(r"<script>(.*?)</script>", page)
    digest = base64.b64encode(hashlib.sha256(start.encode()).digest()).decode()
    [scripts] = [rule for rule in policy.split("; ") if rule.startswith("script-src ")]
    assert scripts == f"script-src {RELEASE}swagger-ui-bundle.js 'sha256-{digest}'"
    assert "default-src 'none'" in policy
    assert page.count("<script") == 2


def test_a_title_is_text(serve: Serve) -> None:
    """An app's title cannot put anything else into the page."""
    door = serve(gr.Interface(str, "text", "text", title="</title><script>alert(1)</script>"))
    page = door.get("/docs").body.decode()
    assert "<script>alert" not in page
    assert "<title>&lt;/title&gt;&lt;script&gt;" in page
