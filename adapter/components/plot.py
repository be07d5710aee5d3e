"""Figures that a library drew."""

from __future__ import annotations

import base64
import json
from importlib.util import find_spec
from io import BytesIO
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.libraries import library
from adapter.components.options import DisplayOptions
from adapter.errors import Error

LIBRARIES = ("altair", "bokeh", "plotly", "matplotlib")


class Plot(Component):
    """A figure of matplotlib, plotly, altair or bokeh; the function gets what the page has of it, a dict.

    matplotlib draws in the environment, and the page shows the picture; of the others the page gets
    the figure's JSON and draws it.

    Args:
        value: the figure at first, or a function that gives it whenever the page loads.
        format: of matplotlib's pictures, as it calls it.
        buttons: Button instances in its corner.
        options: see `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "plot"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = ("format", "buttons", "bokeh_version")
    change = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        format: str = "webp",
        buttons: list[Any] | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.format = format
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    @property
    def bokeh_version(self) -> str | None:
        """The version of bokeh here, whose figures only its own script can draw; ``None`` where there is none."""
        return str(library("bokeh", package="bokeh", needed="Its figure").__version__) if find_spec("bokeh") else None

    def preprocess(self, data: Any) -> dict[str, Any] | None:
        if data is None:
            return None
        if not isinstance(data, dict) or data.get("type") not in LIBRARIES or not isinstance(data.get("plot"), str):
            raise self.invalid(data, f"an object of type ({', '.join(LIBRARIES)}) and plot (a text)")
        return {"type": data["type"], "plot": data["plot"]}

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the figure as the page draws it.

        Raises:
            Error: it is no figure.
        """
        if value is None:
            return None
        if isinstance(value, dict) and value.get("type") in LIBRARIES and isinstance(value.get("plot"), str):
            return {"type": value["type"], "plot": value["plot"]}
        home = str(getattr(value, "__name__", "")) if _is_module(value) else type(value).__module__
        package = home.partition(".")[0]
        if callable(getattr(value, "savefig", None)):
            return {"type": "matplotlib", "plot": self._picture(value)}
        if package == "bokeh":
            embed = library("bokeh.embed", package="bokeh", needed="A figure of its")
            return {"type": "bokeh", "plot": json.dumps(embed.json_item(value))}
        if callable(getattr(value, "to_json", None)):
            return {"type": "altair" if package == "altair" else "plotly", "plot": value.to_json()}
        raise Error(
            f"{self.name()} shows a figure of matplotlib, plotly, altair or bokeh; got {type(value).__name__} "
            f"{str(value)[:80]!r}."
        )

    def _picture(self, figure: Any) -> str:
        """Return matplotlib's figure (or pyplot, for the current one) as a picture in an address; close it."""
        output = BytesIO()
        figure.savefig(output, format=self.format)
        if not _is_module(figure):  # pyplot keeps each figure in memory until it is closed
            library("matplotlib.pyplot", package="matplotlib", needed="A figure of its").close(figure)
        return f"data:image/{self.format};base64,{base64.b64encode(output.getvalue()).decode()}"

    def api_info(self) -> dict[str, Any]:
        return {
            "properties": {
                "type": {"enum": [*LIBRARIES], "title": "Type", "type": "string"},
                "plot": {"title": "Plot", "type": "string"},
            },
            "required": ["type", "plot"],
            "title": "PlotData",
            "type": "object",
            "additional_description": None,
        }

    def example_payload(self) -> Any:
        return None


def _is_module(value: Any) -> bool:
    return type(value).__name__ == "module"
