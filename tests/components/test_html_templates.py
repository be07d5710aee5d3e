"""Handlebars around JavaScript template texts."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from adapter.components.page_assets import own_scripts
from adapter.components.templates.html import script
from adapter.web.page.files import FRONTEND

PROPS: dict[str, Any] = {
    "value": [{"name": "<A>", "tags": ["x", "y"]}, {"name": "`${1}`", "tags": []}],
    "label": None,
    "yes": True,
    "zero": 0,
    "of": {"a": 1, "b": {"c": "deep"}},
    "nothing": [],
    "text": "5\\n$",
    "class": "no name",
}

TEMPLATES = {
    "${value.length} of ${`<${yes}>`}": "2 of <true>",
    "\\x41 \\` \\${value}": "A ` ${value}",
    "{{text}}|{{label}}|{{missing.deeper}}|{{yes}}|{{zero}}": "5\\n$|||true|0",
    "{{#each value}}{{name}};{{/each}}": "&lt;A&gt;;&#x60;${1}&#x60;;",
    "{{#each value}}{{{name}}}{{&name}};{{/each}}": "<A><A>;`${1}``${1}`;",
    "{{#each value as |one at|}}{{at}}{{#each one.tags}}{{one.name}}{{this}}{{../name}}{{@../index}}{{@index}},"
    "{{/each}}{{/each}}": "0&lt;A&gt;x&lt;A&gt;00,&lt;A&gt;y&lt;A&gt;01,1",
    "{{#each value}}{{@first}}{{@last}}{{@key}}{{@root.of.a}} {{/each}}": "truefalse01 falsetrue11 ",
    "{{#each of}}{{@key}}={{this}},{{/each}}": "a=1,b=[object Object],",
    "{{#each nothing}}x{{else}}none{{/each}}{{#nothing}}x{{^}}none{{/nothing}}": "nonenone",
    "{{#if zero}}a{{else if yes}}b{{else}}c{{/if}}{{#if zero includeZero=true}}d{{/if}}": "bd",
    "{{#unless nothing}}a{{else}}b{{/unless}}{{^label}}c{{/label}}{{#yes}}d{{/yes}}": "acd",
    "{{#with of.b as |it|}}{{c}}{{it.c}}{{../zero}}{{this.c}}{{./c}}{{/with}}": "deepdeep0deepdeep",
    "{{lookup of 'a'}}{{lookup value.[0] \"name\"}}{{of.b.c}}{{of/a}}": "1&lt;A&gt;deep1",
    "{{#if (lookup of 'b')}}yes{{/if}}{{! no }}{{!-- }} no --}}": "yes",
    "\\{{value}} \\\\{{zero}} {{of.constructor}}{{text.length}}": "{{value}} 0 4",
    " a {{~ zero ~}} b {{~#if yes~}} c {{~/if~}} d ": " a0bcd ",
    "{{'text'}}{{3}}": "text3",
}

FAILING = {
    "{{#if yes}}": "has no end",
    "{{/if}}": "ends no block",
    "{{#if yes}}{{/each}}": "ends no block that is open",
    "{{else}}": "outside of a block",
    "{{> part}}": "no partial",
    "{{#every value}}{{/every}}": "no helper 'every'",
    "{{upper text}}": 'Missing helper: "upper"',
    "{{#if (lookup of}}{{/if}}": "not closed",
    "{{a)}}": "too much",
    "{{}}": "says too little",
    "${nothing.more.than}": "undefined",
}


def filled(folder: Path, template: str) -> str:
    """Return what the page makes of a template of `PROPS`."""
    name = script(template, "", list(PROPS))
    assert name is not None
    page = folder / "page.mjs"
    page.write_text(
        f"import {{ fill }} from {json.dumps((FRONTEND / 'components' / 'fill.js').as_uri())};\n"
        "globalThis.self = globalThis;\n"
        f"{own_scripts.contents()[name].decode()}"
        f"process.stdout.write(fill(self.ownScripts[{json.dumps(name)}].value.html, {json.dumps(PROPS)}));\n"
    )
    node = shutil.which("node")
    if node is None:
        pytest.skip("this machine has no Node")
    (folder / "package.json").write_text('{"type": "module"}')
    done = subprocess.run([node, str(page)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_what_gradios_would(tmp_path: Path, template: str) -> None:
    """Tags are filled in as by Handlebars, the texts between are JavaScript's; what a tag gives is never read again."""
    assert filled(tmp_path, template) == TEMPLATES[template]


@pytest.mark.parametrize("template", FAILING)
def test_a_template_that_cannot_be_filled_in_says_why(tmp_path: Path, template: str) -> None:
    """Where it stands on the page; the app starts all the same."""
    assert FAILING[template] in filled(tmp_path, template)


def test_names_that_are_none_in_javascript_are_for_tags_only(tmp_path: Path) -> None:
    """The script can be read all the same."""
    name = script("x", "", ["value", "class", "data-x", "é", "await"])

    assert name is not None
    assert b"({ value }) =>" in own_scripts.contents()[name]
    assert filled(tmp_path, "{{class}}") == "no name"
