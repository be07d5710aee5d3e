"""``docs/gradio.md``, beside what ``tests/conformance`` holds it to."""

from __future__ import annotations

from adapter.compat.refused import REFUSED
from tests.support.dev import ROOT


def test_every_refused_name_stands_there_with_its_reason_and_remedy() -> None:
    """The page tells beforehand what the error tells."""
    text = (ROOT / "docs/gradio.md").read_text(encoding="utf-8").partition("## Refused")[2]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    told = {name.strip("`"): (why, instead) for names, why, instead in rows for name in names.split(", ")}
    assert told == REFUSED
