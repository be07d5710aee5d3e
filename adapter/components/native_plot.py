"""Charts that the page draws from a DataFrame by itself: bars, lines and points."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.libraries import library
from adapter.components.options import DisplayOptions
from adapter.errors import Error

FIELDS = ("columns", "data", "datatypes", "mark")


class NativePlot(Component):
    """A chart of a DataFrame's columns; the function gets what the page has of it, a dict.

    It returns a pandas DataFrame, of which the page gets all columns and draws ``x`` and ``y``.

    Args:
        value: the DataFrame at first, or a function that gives it whenever the page loads.
        x: the column of the axis that goes across: of numbers, moments or texts.
        y: the column of the axis that goes up: of numbers.
        color: the column that names the series, each with a colour; of numbers, the strength of one.
        title: above the chart.
        x_title: of the axis; the column's name at first.
        y_title: of the axis; the column's name at first.
        color_title: of the legend; the column's name at first.
        x_bin: into which parts the x values are gathered: a width, or for moments a text such as "15m", in
            seconds, minutes, hours or days (s, m, h, d).
        y_aggregate: how the y values of a part, or of a text, become one.
        color_map: the colours of series, by name.
        colors_in_legend: the series that the legend has; all of them at first.
        x_lim: from where to where the axis goes; ``None`` in place of one leaves it to the data. Of moments, in
            seconds since 1970.
        y_lim: from where to where the axis goes; ``None`` in place of one leaves it to the data.
        x_label_angle: degrees that the axis's words are turned by, clockwise.
        y_label_angle: degrees that the axis's words are turned by, clockwise.
        x_axis_format: of the axis's numbers, as d3 writes formats.
        y_axis_format: of the axis's numbers, as d3 writes formats.
        x_axis_labels_visible: whether the axis has words.
        caption: below the chart.
        sort: of an axis of texts: by itself ("x", "-x"), by the values ("y", "-y"), or the texts in their order.
        tooltip: what a point tells: the columns that are drawn ("axis"), "all", "none", or these and the named.
        height: pixels.
        buttons: "fullscreen", "export" and Button instances in its corner.
        options: see `DisplayOptions`.
    """

    MARK: ClassVar[str] = ""
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("x", "y", "color", "title", "x_title", "y_title", "color_title", "x_bin", "y_aggregate", "color_map"),
        *("colors_in_legend", "x_lim", "y_lim", "x_label_angle", "y_label_angle", "x_axis_format", "y_axis_format"),
        *("x_axis_labels_visible", "caption", "sort", "tooltip", "height", "buttons"),
    )
    change = Event()
    select = Event()
    double_click = Event()

    def __init__(
        self,
        value: Any = None,
        x: str | None = None,
        y: str | None = None,
        *,
        color: str | None = None,
        title: str | None = None,
        x_title: str | None = None,
        y_title: str | None = None,
        color_title: str | None = None,
        x_bin: str | float | None = None,
        y_aggregate: Literal["sum", "mean", "median", "min", "max", "count"] | None = None,
        color_map: Mapping[str, str] | None = None,
        colors_in_legend: Sequence[str] | None = None,
        x_lim: Sequence[float | None] | None = None,
        y_lim: Sequence[float | None] | None = None,
        x_label_angle: float = 0,
        y_label_angle: float = 0,
        x_axis_format: str | None = None,
        y_axis_format: str | None = None,
        x_axis_labels_visible: bool | Literal["hidden"] = True,
        caption: str | None = None,
        sort: str | Sequence[str] | None = None,
        tooltip: str | Sequence[str] = "axis",
        height: int | None = None,
        buttons: list[Any] | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.x = x
        self.y = y
        self.color = color
        self.title = title
        self.x_title = x_title
        self.y_title = y_title
        self.color_title = color_title
        self.x_bin = x_bin
        self.y_aggregate = y_aggregate
        self.color_map = color_map
        self.colors_in_legend = colors_in_legend
        self.x_lim = x_lim
        self.y_lim = y_lim
        self.x_label_angle = x_label_angle
        self.y_label_angle = y_label_angle
        self.x_axis_format = x_axis_format
        self.y_axis_format = y_axis_format
        self.x_axis_labels_visible = x_axis_labels_visible
        self.caption = caption
        self.sort = sort
        self.tooltip = tooltip
        self.height = height
        self.buttons = toolbar(buttons)
        if options.get("label") is None and options.get("show_label") is None:
            options["show_label"] = False
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> dict[str, Any] | None:
        if data is None:
            return None
        if not isinstance(data, dict) or not all(name in data for name in FIELDS):
            raise self.invalid(data, f"an object with {', '.join(FIELDS)}")
        return data

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the DataFrame as the page draws it.

        Raises:
            Error: it is none, or a column has values of a kind that no axis shows.
        """
        if value is None or isinstance(value, dict):
            return value
        if not isinstance(value, _pandas().DataFrame):
            raise Error(f"{self.name()} shows a pandas DataFrame; got {type(value).__name__} {str(value)[:80]!r}.")
        kinds = {name: self._kind(value[name]) for name in value.columns}
        moments = {name: _milliseconds(value[name]) for name, kind in kinds.items() if kind == "temporal"}
        table = json.loads(value.assign(**moments).to_json(orient="split"))
        return {"columns": table["columns"], "data": table["data"], "datatypes": kinds, "mark": self.MARK}

    def _kind(self, column: Any) -> str:
        types = _pandas().api.types
        if types.is_numeric_dtype(column.dtype):
            return "quantitative"
        if types.is_string_dtype(column.dtype) or isinstance(column.dtype, _pandas().CategoricalDtype):
            return "nominal"
        if types.is_datetime64_any_dtype(column.dtype):
            return "temporal"
        raise Error(
            f"{self.name()} shows numbers, texts and moments; column {column.name!r} is of type {column.dtype}. "
            f"Convert it, or leave it out."
        )

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any valid json"}

    def example_payload(self) -> Any:
        return None


def _milliseconds(moments: Any) -> Any:
    """Return moments as milliseconds since 1970, what is missing as that; those without a zone as if in UTC."""
    plain = moments if moments.dt.tz is None else moments.dt.tz_convert("UTC").dt.tz_localize(None)
    return plain.astype("datetime64[ms]").astype("int64").astype("Int64").mask(moments.isna())


def _pandas() -> Any:
    return library("pandas", package="pandas", needed="A chart of a DataFrame")


class BarPlot(NativePlot):
    """A chart of bars; see `NativePlot`."""

    TYPE: ClassVar[str] = "nativeplot"
    NAME: ClassVar[str] = "barplot"
    MARK: ClassVar[str] = "bar"


class LinePlot(NativePlot):
    """A chart of lines; see `NativePlot`."""

    TYPE: ClassVar[str] = "nativeplot"
    NAME: ClassVar[str] = "lineplot"
    MARK: ClassVar[str] = "line"


class ScatterPlot(NativePlot):
    """A chart of points; see `NativePlot`."""

    TYPE: ClassVar[str] = "nativeplot"
    NAME: ClassVar[str] = "scatterplot"
    MARK: ClassVar[str] = "point"
