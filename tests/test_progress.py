"""How far a function is, as its visitor hears it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import adapter as gr
from adapter.calls.notices import Notice, ProgressNotice, Said
from adapter.calls.progress import Progress
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore
from tests.test_endpoint import answer


def told(fn: Callable[..., Any], *data: Any) -> list[list[tuple[Any, ...]]]:
    """Call ``fn`` and return what it told: of each message its levels."""
    with gr.Blocks() as demo:
        boxes = [gr.Number() for _ in data]
        gr.on(demo.load, fn, boxes, gr.JSON(), api_name="run")
    endpoint = demo.listener(api_name="run").endpoint
    assert endpoint is not None
    said: list[Said] = []
    answer(endpoint, WarmStore(MemoryStore()), *data, notice=said.append)
    return [
        [(level.index, level.length, level.unit, level.progress, level.desc) for level in one.levels]
        for one in said
        if isinstance(one, ProgressNotice)
    ]


def test_a_share_and_a_count_are_told() -> None:
    """With what is being done; the parameter is no input, wherever it stands and however it is annotated."""

    def share(progress: Any = Progress()) -> None:  # noqa: B008 - Gradio's way
        progress(0.25, desc="reading")
        progress((3, 4), desc="writing", unit="files")
        progress(None)

    def annotated(n: float, progress: gr.Progress, m: float) -> list[float]:
        progress(1, "done", total=n)
        return [n, m]

    assert told(share) == [
        [(None, None, "steps", 0.25, "reading")],
        [(3, 4, "files", None, "writing")],
        [(None, None, "steps", None, None)],
    ]
    assert told(annotated, 1, 2) == [[(None, 1, "steps", 1, "done")]]


def test_loops_are_told_one_in_another() -> None:
    """Each by its own length; the last step of a loop is always told."""

    def loops(progress: Any = Progress()) -> None:  # noqa: B008
        for _ in progress.tqdm([1, 2], desc="outer"):
            for _ in progress.tqdm(iter("ab"), total=2, unit="letters"):
                pass
        assert len(progress) == 0

    found = told(loops)
    assert found[0] == [(0, 2, "steps", None, "outer")]
    assert found[1] == [(0, 2, "steps", None, "outer"), (0, 2, "letters", None, None)]
    assert [(1, 2, "steps", None, "outer"), (2, 2, "letters", None, None)] in found
    assert found[-1] == [(2, 2, "steps", None, "outer")]


def test_a_bar_may_be_counted_by_hand() -> None:
    """Without something to iterate over."""

    def work(progress: Any = Progress()) -> None:  # noqa: B008
        with progress.tqdm(None, total=10, desc="parts") as bar:
            bar.update(10)

    assert told(work) == [[(10, 10, "steps", None, "parts")]]


def test_what_nobody_could_see_is_left_out() -> None:
    """A quick loop of many steps tells its begin and its end, and little between."""

    def quick(progress: Any = Progress()) -> None:  # noqa: B008
        for _ in progress.tqdm(range(10_000)):
            pass

    found = told(quick)
    assert (found[0][0][0], found[-1][0][0]) == (0, 10_000)
    assert len(found) < 200


def test_bars_of_tqdm_are_told_if_asked() -> None:
    """Only those that a function makes that asks for it."""
    tqdm = pytest.importorskip("tqdm")

    def work(progress: Any = Progress(track_tqdm=True)) -> None:  # noqa: B008
        for _ in tqdm.tqdm(range(3), desc="load", unit="rows", mininterval=0):
            pass

    def quiet(progress: Any = Progress()) -> None:  # noqa: B008
        for _ in tqdm.tqdm(range(3), mininterval=0):
            pass

    found = told(work)
    assert found[0] == [(0, 3, "rows", None, "load")]
    assert found[-1] == [(3, 3, "rows", None, "load")]
    assert told(quiet) == []


def test_what_is_at_work_keeps_its_text() -> None:
    """Without a share; inside a loop, below it."""

    def work(progress: Any = Progress()) -> None:  # noqa: B008
        progress(None, desc="thinking")
        for _ in progress.tqdm([1], desc="outer"):
            progress(None, "deeper", total=3, unit="parts")

    found = told(work)
    assert found[0] == [(None, None, "steps", None, "thinking")]
    assert [(0, 1, "steps", None, "outer"), (None, 3, "parts", None, "deeper")] in found


def test_nested_bars_of_tqdm_are_all_told() -> None:
    """Those that are open, the outermost first, with the function's own loops; a closed one leaves."""
    tqdm = pytest.importorskip("tqdm")

    def work(progress: Any = Progress(track_tqdm=True)) -> None:  # noqa: B008
        for _ in progress.tqdm([1], desc="epochs"):
            for _ in tqdm.tqdm(range(2), desc="outer", mininterval=0):
                for _ in tqdm.tqdm("ab", desc="inner", unit="letters", mininterval=0, leave=False):
                    pass
            with tqdm.tqdm(total=4, desc="by hand", mininterval=0) as bar:
                bar.update(4)

    found = [[(level[4], level[0]) for level in levels] for levels in told(work)]
    assert found[0] == [("epochs", 0)]
    assert [("epochs", 0), ("outer", 0), ("inner", 0)] in found
    assert [("epochs", 0), ("outer", 0), ("inner", 2)] in found
    assert [("epochs", 0), ("outer", 1), ("inner", 2)] in found
    assert [("epochs", 0), ("by hand", 4)] in found
    assert found[-1] == [("epochs", 1)]
    assert all(len([name for name, _ in levels if name == "inner"]) <= 1 for levels in found)


def test_loops_go_on_over_the_yields_of_a_generator() -> None:
    """All that are open stay open, in whichever step they are told."""
    tqdm = pytest.importorskip("tqdm")

    def work(progress: Any = Progress(track_tqdm=True)) -> Iterator[int]:  # noqa: B008
        for number in progress.tqdm([1], desc="outer"):
            for _ in tqdm.tqdm("ab", desc="inner", mininterval=0):
                yield number

    found = [[(level[4], level[0]) for level in levels] for levels in told(work)]
    assert [("outer", 0), ("inner", 2)] in found
    assert found[-1] == [("outer", 1)]


def test_a_loop_that_broke_off_is_not_told_by_the_next_call() -> None:
    """Each call has its own loops."""

    def work(progress: Any = Progress(track_tqdm=True)) -> None:  # noqa: B008
        progress.tqdm(None, total=2, desc="left open").update()
        assert len(progress) == 1

    assert told(work) == told(work) == [[(1, 2, "steps", None, "left open")]]


def test_the_parameter_is_not_in_the_api() -> None:
    """Callers never see it."""

    def work(n: float, progress: Any = Progress()) -> float:  # noqa: B008
        return n

    [endpoint] = gr.Interface(work, "number", "number").get_api_info()["named_endpoints"].values()
    assert [one["parameter_name"] for one in endpoint["parameters"]] == ["n"]


def test_outside_of_a_call_nobody_hears_it() -> None:
    """A function can be tried without an app."""
    progress = Progress()
    progress(0.5)
    assert list(progress.tqdm([1, 2])) == [1, 2]
    assert progress


def test_notices_are_still_notices() -> None:
    """A kind of its own, so that a log has no progress."""
    assert not isinstance(ProgressNotice(()), Notice)


def test_tqdm_is_loaded_only_by_who_tracks_it() -> None:
    """Neither the package nor a plain Progress needs it."""
    code = "import sys; from adapter.calls.progress import Progress; Progress(); print('tqdm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
