"""CloudFront's function, run by Node.js: how paths become files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests.infra.templates import written

pytestmark = pytest.mark.end_to_end

RUN = "\nconst [asked] = process.argv.slice(1);\nconsole.log(JSON.stringify(handler({ request: JSON.parse(asked) })));"


def asked(uri: str, **query: Any) -> dict[str, Any]:
    """Return what the function makes of a request."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no node here; install Node.js")
        pytest.skip("there is no node here; install Node.js")
    code = written("infra/site.yaml")["Resources"]["Paths"]["Properties"]["FunctionCode"]
    request = json.dumps({"uri": uri, "querystring": query, "headers": {}, "cookies": {}})
    done = subprocess.run([node, "-e", code + RUN, request], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("uri", "file"),
    [
        ("/", "/index.html"),
        ("/chat/", "/chat/index.html"),
        ("/chat/index.html", "/chat/index.html"),
        ("/chat/static/v-0/main.js", "/chat/static/v-0/main.js"),
    ],
)
def test_a_folder_is_its_page(uri: str, file: str) -> None:
    """And a file is itself."""
    assert asked(uri)["uri"] == file


@pytest.mark.parametrize(
    ("uri", "query", "location"),
    [
        ("/chat", {}, "/chat/"),
        ("/chat", {"a": {"value": "1"}, "b": {"value": ""}}, "/chat/?a=1&b"),
        ("/chat", {"a": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}}, "/chat/?a=1&a=2"),
        ("//evil.example", {}, None),
        ("//evil", {}, "/evil/"),
        ("/\\evil", {}, "/evil/"),
    ],
)
def test_a_folders_name_leads_to_it(uri: str, query: dict[str, Any], location: str | None) -> None:
    """With the query, since the page's own links need the slash; and nowhere else but on this site."""
    answer = asked(uri, **query)
    if location is None:
        assert "statusCode" not in answer
    else:
        assert (answer["statusCode"], answer["headers"]["location"]["value"]) == (308, location)
