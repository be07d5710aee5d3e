"""Charts of DataFrames: each kind, with what it can be told."""

from typing import Any

import pandas as pd

import adapter as gr

EVIL = '<img src=x onerror="window.hacked=1">'

SALES = pd.DataFrame(
    {
        "shop": ["b", "a", "a", "c"],
        "sold": [10, 1, 2, 7],
        "kind": [EVIL, "new", EVIL, "new"],
        "area": [1, 2, 3, 4],
    }
)
DAYS = pd.DataFrame(
    {
        "time": pd.to_datetime(["2026-01-01 00:10", "2026-01-01 00:50", "2026-01-01 02:00", "2026-01-01 03:00"]),
        "price": [1.0, 3.0, 10.0, 5.0],
        "left": [0, 1, 2, 3],
    }
)


def told(selected: gr.SelectData) -> str:
    """Say what was selected."""
    return f"{[round(one) for one in selected.index]} {selected.selected}"


def described(chart: dict[str, Any]) -> str:
    """Say what a function gets of a chart."""
    return f"{chart['mark']} {chart['columns']} {chart['data'][0]}"


with gr.Blocks() as demo:
    bars = gr.BarPlot(SALES, x="shop", y="sold", label="Bars", sort="-y", caption="What was sold")
    gr.BarPlot(SALES, x="shop", y="sold", color="kind", color_map={"new": "rgb(1, 2, 3)"}, label="Stacked")
    gr.BarPlot(SALES, x="shop", y="sold", y_aggregate="mean", x_axis_labels_visible=False, label="Means")
    line = gr.LinePlot(DAYS, x="time", y="price", label="Line", tooltip="all", y_axis_format="$.2f")
    gr.LinePlot(DAYS, x="time", y="price", x_bin="1h", y_aggregate="max", x_lim=[1767225600, 1767234000], label="Parts")
    points = gr.ScatterPlot(
        SALES, x="area", y="sold", color="sold", label="Points", height=250, buttons=["export", "fullscreen"]
    )
    gr.ScatterPlot(SALES, x="area", y="weight", label="Missing")
    gr.ScatterPlot(label="Empty", x="area", y="sold")
    out = gr.Textbox(label="Told")
    change = gr.Button("Change")
    points.select(told, None, out)
    line.select(told, None, out)
    points.double_click(lambda: "double", None, out)
    change.click(lambda: SALES[SALES["area"] > 2], None, points)
    gr.Button("Describe").click(described, points, out)
    gr.Button("Limit").click(lambda: gr.ScatterPlot(x_lim=[2, 3], title="Two"), None, points)
