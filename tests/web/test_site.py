"""The page: one document with the config inside, and its own files."""

from __future__ import annotations

import gzip
import json
import re

import pytest

import adapter as gr
from adapter.errors import ConfigurationError
from adapter.settings import Settings
from adapter.web.page.files import FRONTEND
from tests.support.http import Door
from tests.web.conftest import Serve

EVIL = """</script><script>alert('1')</script><!--<script>"']]>\u2028"""


def inlined(page: bytes) -> str:
    """Return the text of the page's config element, as a browser would find its end."""
    found = re.search(rb'<script type="application/json" id="config">(.*?)</script', page, re.DOTALL | re.IGNORECASE)
    assert found is not None
    return found[1].decode()


def test_the_page_has_the_config_inside(door: Door) -> None:
    """Opening the page needs no second request for the config; both are the same."""
    answer = door.get("/")

    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert json.loads(inlined(answer.body)) == door.get("/config").json


def test_the_page_has_its_files_name_too(door: Door) -> None:
    """CloudFront asks the function for it where the page has not been published."""
    assert door.get("/index.html").body == door.get("/").body


def test_no_label_ends_the_configs_element(serve: Serve) -> None:
    """What an app says cannot become part of the page's own markup."""
    demo = gr.Interface(lambda x: x, gr.Textbox(EVIL, label=EVIL), "textbox", title=EVIL, description=EVIL)
    page = serve(demo).get("/").body

    config = json.loads(inlined(page))
    assert config["title"] == EVIL
    assert EVIL in [component["props"].get("label") for component in config["components"]]
    assert b"<" not in inlined(page).encode()
    assert page.count(b"<script") == (FRONTEND / "index.html").read_bytes().count(b"<script")


def test_only_the_pages_own_scripts_run(door: Door) -> None:
    """The policy allows no inline script, no eval, no other origin and no plug-in."""
    headers = door.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))

    assert (policy["default-src"], policy["script-src"], policy["base-uri"]) == ("'none'", "'self'", "'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"


def test_the_page_has_no_inline_script_or_style(door: Door) -> None:
    """Nothing in the document needs more than its policy allows."""
    page = door.get("/").body.decode()

    assert re.findall(r"\son\w+=", page) == []
    assert re.findall(r"<style|\sstyle=", page) == []
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all('type="application/json"' in one or 'src="static/' in one for one in scripts)


def test_every_file_that_the_page_names_is_served(door: Door) -> None:
    """References are relative, so that they hold under any stage or path, and lead to files with their type."""
    references = re.findall(r'(?:src|href)="([^"]+)"', door.get("/").body.decode())
    named = [reference for reference in references if not reference.startswith("data:")]

    assert named
    for reference in named:
        assert not reference.startswith(("/", "http"))
        answer = door.get(f"/{reference}")
        kind = "text/css" if reference.endswith(".css") else "text/javascript"
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, kind)


def test_the_page_answers_a_look_at_its_headers(door: Door) -> None:
    """A HEAD, as monitors and link previews send it, is a GET without the body."""
    assert door("HEAD", "/").status == 200


@pytest.mark.parametrize(
    "path", ["nothing.js", "../web/site.py", "..%2fweb%2fsite.py", "%2e%2e/web/site.py", "index.htm"]
)
def test_no_other_file_is_served(door: Door, path: str) -> None:
    """Below ``/static`` there are the page's files and nothing else."""
    answer = door.get(f"/static/{path}")
    assert (answer.status, answer.json["error"]) == (404, "Not Found")


def test_the_page_names_its_title_and_the_modules_of_its_components(serve: Serve) -> None:
    """A browser asks for all modules at once, before it has read one of them."""
    page = serve(gr.Interface(lambda x: x, "textbox", "label", title="A & B")).get("/").body.decode()

    assert "<title>A &amp; B</title>" in page
    assert set(re.findall(r'modulepreload" href="static/v-\w+/([^"]+)"', page)) == {
        *("components/controls.js", "components/display.js", "components/markdown.js"),
    }


def test_the_page_is_packed_for_browsers_that_can_unpack_it(door: Door) -> None:
    """The config inside is mostly repetition."""
    packed, plain = door("GET", "/", headers={"accept-encoding": "gzip"}), door.get("/")

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_a_browser_keeps_the_files_of_a_version(door: Door) -> None:
    """The paths that the page names are kept for good; any other is asked for again, and leads to the same file."""
    [named] = re.findall(r'src="(static/[^"]+/main.js)"', door.get("/").body.decode())
    kept, plain, old = (door.get(path) for path in (f"/{named}", "/static/main.js", "/static/v-0123456789ab/main.js"))

    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == old.headers["cache-control"] == "no-cache"
    assert kept.body == plain.body == old.body
    assert door.get("/static/v-0123456789ab/nothing.js").status == 404


@pytest.mark.parametrize(
    ("ancestors", "said"), [(None, "'self'"), ("'self' https://a.example", "'self' https://a.example"), ("*", "*")]
)
def test_who_may_frame_the_page_is_a_setting(
    serve: Serve, history: gr.Interface, ancestors: str | None, said: str
) -> None:
    """Pages of other origins may not, unless they are named."""
    told = {} if ancestors is None else {"ADAPTER_FRAME_ANCESTORS": ancestors}
    chosen = Settings.from_environment(told).frame_ancestors
    policy = serve(history, frame_ancestors=chosen).get("/").headers["content-security-policy"]
    assert policy.endswith(f"; frame-ancestors {said}")


@pytest.mark.parametrize("text", ["'self'; script-src *", "https://a.example\nset-cookie: a", "https://ä.example"])
def test_a_setting_cannot_end_the_policy(text: str) -> None:
    """What would begin another rule, or another header, is refused at the start."""
    with pytest.raises(ConfigurationError, match="ADAPTER_FRAME_ANCESTORS"):
        Settings.from_environment({"ADAPTER_FRAME_ANCESTORS": text})
