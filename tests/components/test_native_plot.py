"""Charts of DataFrames: what the page gets of one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from adapter.components.native_plot import BarPlot, LinePlot, NativePlot, ScatterPlot
from adapter.errors import Error

FRAME = pd.DataFrame(
    {
        "name": ["a", "b"],
        "kind": pd.Categorical(["x", "y"]),
        "count": [1, 2],
        "share": [0.5, None],
        "is_new": [True, False],
        "at": pd.to_datetime(["2026-01-01T00:00", "2026-01-02T03:00"]),
    }
)


@pytest.mark.parametrize(("kind", "mark"), [(BarPlot, "bar"), (LinePlot, "line"), (ScatterPlot, "point")])
def test_a_table_is_sent_with_the_kinds_of_its_columns(kind: type[NativePlot], mark: str) -> None:
    """Moments are milliseconds since 1970, what is missing is null, and the index stays here."""
    sent = kind(FRAME.set_index(pd.Index([7, 8])), x="name", y="count").value

    assert sent == {
        "columns": ["name", "kind", "count", "share", "is_new", "at"],
        "data": [["a", "x", 1, 0.5, True, 1_767_225_600_000], ["b", "y", 2, None, False, 1_767_322_800_000]],
        "datatypes": {
            **dict.fromkeys(("name", "kind"), "nominal"),
            **dict.fromkeys(("count", "share", "is_new"), "quantitative"),
            "at": "temporal",
        },
        "mark": mark,
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "'Sales' shows a pandas DataFrame; got int '3'"),
        ([[1, 2]], "'Sales' shows a pandas DataFrame; got list"),
        (pd.DataFrame({"took": pd.to_timedelta([1, 2], unit="s")}), "column 'took' is of type timedelta64"),
    ],
)
def test_what_no_axis_shows_is_refused(value: Any, said: str) -> None:
    """The message names the chart, and the column."""
    with pytest.raises(Error, match=said.replace("(", r"\(")):
        LinePlot(label="Sales").postprocess(value)


def test_moments_have_a_zone_or_none_and_may_be_missing() -> None:
    """In a zone they are the same moment; without one they are taken as they are written."""
    moments = pd.to_datetime(["2026-01-01T00:00", "NaT"])
    frame = pd.DataFrame({"plain": moments, "zoned": moments.tz_localize("Asia/Tokyo")})
    sent = LinePlot(frame, x="plain", y="zoned").value
    assert sent["data"] == [[1_767_225_600_000, 1_767_193_200_000], [None, None]]


def test_what_the_page_sends_is_what_a_function_gets() -> None:
    """And it can be returned as it came."""
    chart = BarPlot(FRAME, x="name", y="count")
    assert chart.postprocess(chart.preprocess(chart.value)) == chart.value
