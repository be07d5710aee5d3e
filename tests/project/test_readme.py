"""What README.md and docs/ say of the project's own files."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.support.dev import ROOT

README = (ROOT / "README.md").read_text("utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").iterdir())
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "functions" / "README.md"]
_CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [
    (page.name, number, code)
    for page in PAGES
    for number, code in enumerate(
        re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )
]


def _listed() -> list[str]:
    table = README.partition("## Where things are")[2].partition("docs/architecture.md")[0]
    return [
        name
        for row in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", table, re.MULTILINE)
        for name in re.findall(r"\w+", row)
    ]


def test_where_things_are_is_what_the_package_has() -> None:
    """The README names each room and module of the package, and nothing else."""
    there = {
        path.stem for path in (ROOT / "adapter").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert set(_listed()) == there - {"__init__", "__main__"}


def test_the_rooms_stand_in_the_order_of_the_stair() -> None:
    """The README's order, roof to ground, is that of the contract between the rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "rooms")
    floor = {name: number for number, layer in enumerate(layers) for name in layer.split(" | ")}
    order = [floor[name] for name in _listed()]
    assert order == sorted(order)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    """Each relative link of a page leads to a file, and to a heading of it where it names one."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
        if re.match(r"\w+:", link):
            continue
        place, _, heading = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, link


def test_each_decision_has_a_number_of_its_own() -> None:
    """The decisions are numbered without a gap, by file name and title, and none is longer than 40 lines."""
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        assert len(text.splitlines()) <= 40, path.name


@pytest.mark.parametrize(("page", "number", "code"), BLOCKS, ids=[f"{page}-{number}" for page, number, _ in BLOCKS])
def test_the_python_of_the_pages_can_be_read(page: str, number: int, code: str) -> None:
    """Each block of Python in the documentation is Python, and what it takes from the adapter is there."""
    import adapter as gr

    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "gr":
            assert hasattr(gr, node.attr), f"{page}: gr.{node.attr}"
