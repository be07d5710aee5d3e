"""Components by name: ``"textbox"`` for ``Textbox()``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from adapter.compat.refused import REFUSED, refusal
from adapter.components.base import Component
from adapter.errors import ConfigurationError, NotAvailable

SHORTCUTS = {
    "annotatedimage": "annotated_image.AnnotatedImage",
    "audio": "audio.Audio",
    "barplot": "native_plot.BarPlot",
    "browserstate": "browser_state.BrowserState",
    "button": "button.Button",
    "chatbot": "chatbot.Chatbot",
    "checkbox": "choice.Checkbox",
    "checkboxgroup": "choice.CheckboxGroup",
    "clearbutton": "button.ClearButton",
    "code": "code.Code",
    "colorpicker": "color_picker.ColorPicker",
    "dataframe": "dataframe.Dataframe",
    "dataset": "dataset.Dataset",
    "datetime": "date_time.DateTime",
    "downloadbutton": "file_button.DownloadButton",
    "dropdown": "choice.Dropdown",
    "file": "file.File",
    "files": "file.Files",
    "gallery": "gallery.Gallery",
    "highlight": "highlighted_text.HighlightedText",
    "highlightedtext": "highlighted_text.HighlightedText",
    "html": "html.HTML",
    "image": "image.Image",
    "json": "data.JSON",
    "label": "data.Label",
    "lineplot": "native_plot.LinePlot",
    "list": "dataframe.List",
    "markdown": "text.Markdown",
    "matrix": "dataframe.Matrix",
    "mic": "audio.Microphone",
    "microphone": "audio.Microphone",
    "multimodaltextbox": "multimodal_textbox.MultimodalTextbox",
    "number": "number.Number",
    "numpy": "dataframe.Numpy",
    "playablevideo": "video.PlayableVideo",
    "plot": "plot.Plot",
    "radio": "choice.Radio",
    "scatterplot": "native_plot.ScatterPlot",
    "slider": "number.Slider",
    "state": "state.State",
    "text": "text.Textbox",
    "textarea": "text.TextArea",
    "textbox": "text.Textbox",
    "timer": "timer.Timer",
    "uploadbutton": "file_button.UploadButton",
    "video": "video.Video",
}
"""Where the component of a name is; imported when it is asked for, so that an app loads what it uses."""


def component(item: Any, *, render: bool = False) -> Component:
    """Return the component that ``item`` names, is, or describes.

    Args:
        item: a name as in `SHORTCUTS` (capitals and underscores do not matter), a component, or a
            mapping of "name" and arguments.
        render: whether a component made here is put into the Blocks that is open.

    Raises:
        ConfigurationError: there is no component of that name, or ``item`` is none of the three.
    """
    if isinstance(item, Component):
        return item
    if isinstance(item, str):
        return kind(item)(render=render)
    if isinstance(item, Mapping) and isinstance(item.get("name"), str):
        arguments = {name: value for name, value in item.items() if name != "name"}
        return kind(item["name"])(**arguments, render=render)
    hint = f"; call it: {item.__name__}()" if isinstance(item, type) and issubclass(item, Component) else ""
    raise ConfigurationError(f"A component is wanted, or the name of one; got {item!r} ({type(item).__name__}){hint}.")


def kind(name: str) -> type[Component]:
    """Return the class of the component called ``name``.

    Raises:
        ConfigurationError: there is none.
        NotAvailable: Gradio has one.
    """
    home = SHORTCUTS.get(name.strip().lower().replace("_", ""))
    if home is None:
        asked = name.strip().lower().replace("_", "")
        for refused in (one for one in REFUSED if one.lower() == asked):
            raise NotAvailable(refusal(refused))
        raise ConfigurationError(f"There is no component {name!r}; there are {', '.join(sorted(SHORTCUTS))}.")
    module, _, attribute = home.partition(".")
    found: type[Component] = getattr(import_module(f"adapter.components.{module}"), attribute)
    return found
