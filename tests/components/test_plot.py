"""Figures, as their libraries make them."""

from __future__ import annotations

import base64
import json
from io import BytesIO

import altair
import matplotlib as mpl
import pandas as pd
import plotly.graph_objects
import pytest
from matplotlib import pyplot
from PIL import Image

from adapter.components.plot import Plot
from adapter.errors import Error

mpl.use("agg")


@pytest.mark.parametrize(("format", "kind"), [("webp", "WEBP"), ("png", "PNG")])
def test_matplotlib_draws_a_picture(format: str, kind: str) -> None:
    """It is in the data, in the component's format; the figure is closed, so that they do not pile up."""
    figure, axes = pyplot.subplots()
    axes.plot([1, 2, 3])
    data = Plot(format=format).postprocess(figure)
    assert data is not None

    head, _, content = data["plot"].partition(",")
    assert (data["type"], head) == ("matplotlib", f"data:image/{format};base64")
    with Image.open(BytesIO(base64.b64decode(content))) as picture:
        assert picture.format == kind
    assert pyplot.get_fignums() == []


def test_pyplot_stands_for_its_current_figure() -> None:
    """As a script returns it that has drawn with ``plt.plot``."""
    pyplot.plot([1, 2])
    data = Plot().postprocess(pyplot)
    pyplot.close("all")

    assert data is not None
    assert data["plot"].startswith("data:image/webp;base64,")


def test_others_are_drawn_by_the_page() -> None:
    """It gets their JSON."""
    bars = plotly.graph_objects.Figure(plotly.graph_objects.Bar(y=[1, 2]))
    points = altair.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a:Q")
    plotted, charted = Plot().postprocess(bars), Plot().postprocess(points)
    assert plotted is not None
    assert charted is not None

    assert (plotted["type"], json.loads(plotted["plot"])["data"][0]["type"]) == ("plotly", "bar")
    assert (charted["type"], json.loads(charted["plot"])["mark"]["type"]) == ("altair", "point")
    assert Plot().postprocess(Plot().preprocess(plotted)) == plotted


@pytest.mark.parametrize("value", [3, "figure", {"type": "other", "plot": ""}])
def test_what_is_no_figure_is_told(value: object) -> None:
    """With what is one."""
    with pytest.raises(Error, match="shows a figure of matplotlib, plotly, altair or bokeh"):
        Plot().postprocess(value)
