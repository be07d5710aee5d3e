"""What `adapter build` finds out of a script by running it: what it draws by chance or by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapter.app.release.agreement import FOLDER
from adapter.app.release.snapshot import Snapshot, read_snapshot
from adapter.commands.build.drawing import draw

BY_THE_CLOCK = {
    "date.today": "datetime.date.today()",
    "datetime.now": "datetime.datetime.now().strftime('%Y-%m-%d')",
    "datetime.today": "datetime.datetime.today().year",
    "utcnow": "datetime.datetime.now(datetime.UTC).date()",
    "time": "time.time() // 86400",
    "time_ns": "time.time_ns() // (86400 * 10**9)",
    "strftime": "time.strftime('%d.%m.%Y')",
    "localtime": "time.localtime().tm_year",
    "gmtime": "time.gmtime()[:3]",
    "ctime": "time.ctime()[:10]",
}
"""By its label, what a day has alike in all runs."""


def drawn(folder: Path, script: str, capsys: pytest.CaptureFixture[str]) -> tuple[Snapshot | None, str]:
    """Return what of a script's values went into the package, and what was said."""
    (folder / "function").mkdir()
    (folder / "function" / "app.py").write_text(f"import adapter as gr\n{script}", "utf-8")
    (folder / "Package").mkdir()
    draw(folder / "function", folder / "Package")
    pages = list((folder / "Package" / FOLDER).glob("*.bin"))
    return read_snapshot(pages[0].read_bytes()) if pages else None, capsys.readouterr().out


def test_a_script_that_draws_nothing_has_nothing_in_its_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that is a function's is asked anew by every page, and is no draw."""
    script = (
        "import random\ndemo = gr.Interface(len, gr.Textbox(random.random), 'number')\nhandler = gr.handler(demo)\n"
    )
    found, said = drawn(tmp_path, script, capsys)
    assert (found, said) == (None, "")
    in_archive = [path.parent.name for path in (tmp_path / "Package").rglob("*") if path.is_file()]
    assert in_archive == [FOLDER]  # archives of packages have no empty folders, and Lambda would ask the store


def test_what_is_drawn_by_the_clock_shows_although_the_runs_are_of_one_moment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run has another time, by whatever call the script reads it; components are named."""
    parts = [f"    gr.Textbox(str({call}), label={label!r})" for label, call in BY_THE_CLOCK.items()]
    script = "\n".join(
        [
            "import datetime, time",
            "import pandas",
            "with gr.Blocks() as demo:",
            *parts,
            "handler = gr.handler(demo)",
            "",
        ]
    )
    found, said = drawn(tmp_path, script, capsys)
    assert found is not None
    named = {label.partition("'")[2].rstrip("'") for label in found.labels.values()}
    assert named == BY_THE_CLOCK.keys()
    assert "Package: drawn by chance or by the clock: Textbox 'date.today', " in said
    assert " and 2 more" in said


def test_a_layout_that_is_drawn_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other components have other numbers: there is nothing that could be shared."""
    script = (
        "import os\nwith gr.Blocks() as demo:\n"
        "    for _ in range(os.getpid()  % 1000 + 1):\n        gr.Button()\nhandler = gr.handler(demo)\n"
    )
    found, said = drawn(tmp_path, script, capsys)
    assert found is None
    assert "which components or listeners the page has is drawn by chance" in said


def test_a_script_that_does_not_run_where_it_is_built_leaves_it_to_lambda(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its package has no values, which tells the first environment to settle them; the error is told."""
    _, said = drawn(tmp_path, "raise KeyError('TABLE is set on Lambda only')\n", capsys)
    assert not (tmp_path / "Package" / FOLDER).exists()
    assert "app.py does not run here" in said
    assert "KeyError: 'TABLE is set on Lambda only'" in said


def test_files_that_are_made_anew_are_named_and_not_shared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A temporary folder is of this machine, and the package's is another."""
    script = "import tempfile\nFOLDER = tempfile.mkdtemp()\nhandler = gr.handler(gr.Interface(len, 'text', 'number'))\n"
    found, said = drawn(tmp_path, script, capsys)
    assert found is None
    assert "cannot be shared: FOLDER in app.py" in said
