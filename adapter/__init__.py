"""Gradio's programming model on AWS Lambda: any number of environments, scale to zero, state that is right.

    import adapter as gr

    def greet(name):
        return f"Hello {name}"

    demo = gr.Interface(greet, "textbox", "textbox")
    handler = gr.handler(demo)          # the Lambda handler

Names, arguments and behaviour are Gradio's; what is not here raises by name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from adapter.compat.modules import install
from adapter.compat.refused import EARLIER_NAMES, MODULES, REFUSED, stand_in

if TYPE_CHECKING:
    from adapter.app.api import api
    from adapter.app.blocks import Blocks
    from adapter.app.chat.interface import ChatInterface
    from adapter.app.examples import Examples
    from adapter.app.interface import Interface
    from adapter.app.launching import NO_RELOAD, close_all
    from adapter.app.listener import on
    from adapter.app.rendering import render
    from adapter.app.tabbed_interface import TabbedInterface
    from adapter.aws_lambda.handler import handler
    from adapter.calls.cache import Cache, cache
    from adapter.calls.event_data import (
        CopyData,
        DeletedFileData,
        DownloadData,
        EditData,
        EventData,
        KeyUpData,
        LikeData,
        RetryData,
        SelectData,
        UndoData,
    )
    from adapter.calls.notices import Info, Success, Warning
    from adapter.calls.progress import Progress
    from adapter.calls.request import Header, Request
    from adapter.calls.validation import validate
    from adapter.compat.refused import get_package_version
    from adapter.compat.sample_files import get_audio, get_file, get_model3d, get_video
    from adapter.compat.sample_pictures import get_image
    from adapter.components.annotated_image import AnnotatedImage
    from adapter.components.annotated_image import AnnotatedImage as Annotatedimage
    from adapter.components.audio import Audio, Microphone, WaveformOptions
    from adapter.components.audio import Microphone as Mic
    from adapter.components.base import Component
    from adapter.components.browser_state import BrowserState
    from adapter.components.button import Button, ClearButton, DuplicateButton
    from adapter.components.chatbot import Chatbot
    from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
    from adapter.components.choice import CheckboxGroup as Checkboxgroup
    from adapter.components.code import Code
    from adapter.components.color_picker import ColorPicker
    from adapter.components.data import JSON, Label
    from adapter.components.data import JSON as Json  # noqa: N811
    from adapter.components.dataframe import Dataframe, List, Matrix, Numpy
    from adapter.components.dataframe import Dataframe as DataFrame
    from adapter.components.dataset import Dataset
    from adapter.components.date_time import DateTime
    from adapter.components.events import Event
    from adapter.components.file import File, Files
    from adapter.components.file_button import DownloadButton, UploadButton
    from adapter.components.gallery import Gallery
    from adapter.components.highlighted_text import HighlightedText
    from adapter.components.highlighted_text import HighlightedText as Highlight
    from adapter.components.highlighted_text import HighlightedText as Highlightedtext
    from adapter.components.html import HTML
    from adapter.components.image import Image
    from adapter.components.layout import Accordion, Column, Form, Group, Row, Sidebar, Tab, TabItem, Tabs
    from adapter.components.media.images import WatermarkOptions, WebcamOptions
    from adapter.components.messages import ChatMessage, MessageDict
    from adapter.components.multimodal_textbox import MultimodalTextbox
    from adapter.components.native_plot import BarPlot, LinePlot, ScatterPlot
    from adapter.components.number import Number, Slider
    from adapter.components.plot import Plot
    from adapter.components.shortcuts import component
    from adapter.components.state import State
    from adapter.components.text import InputHTMLAttributes, Markdown, TextArea, Textbox
    from adapter.components.text import Textbox as Text
    from adapter.components.timer import Timer
    from adapter.components.updates import skip, update
    from adapter.components.video import PlayableVideo, Video
    from adapter.errors import Error
    from adapter.files.file_data import FileData
    from adapter.files.sizes import FileSize
    from adapter.files.static import set_static_paths
    from adapter.state.codec import register_type
    from adapter.state.global_counter import GlobalCounter
    from adapter.state.global_state import GlobalState, global_handle, warm
    from adapter.state.per_session import per_session
    from adapter.themes.base import Base as Theme
    from adapter.web.mounting import mount_gradio_app

_HOMES = {
    "Accordion": "components.layout",
    "AnnotatedImage": "components.annotated_image",
    "Annotatedimage": "components.annotated_image:AnnotatedImage",
    "Audio": "components.audio",
    "BarPlot": "components.native_plot",
    "Blocks": "app.blocks",
    "BrowserState": "components.browser_state",
    "Button": "components.button",
    "Cache": "calls.cache",
    "ChatInterface": "app.chat.interface",
    "ChatMessage": "components.messages",
    "Chatbot": "components.chatbot",
    "Checkbox": "components.choice",
    "CheckboxGroup": "components.choice",
    "Checkboxgroup": "components.choice:CheckboxGroup",
    "ClearButton": "components.button",
    "Code": "components.code",
    "ColorPicker": "components.color_picker",
    "Column": "components.layout",
    "Component": "components.base",
    "CopyData": "calls.event_data",
    "DataFrame": "components.dataframe:Dataframe",
    "Dataframe": "components.dataframe",
    "Dataset": "components.dataset",
    "DateTime": "components.date_time",
    "DeletedFileData": "calls.event_data",
    "DownloadButton": "components.file_button",
    "DownloadData": "calls.event_data",
    "Dropdown": "components.choice",
    "DuplicateButton": "components.button",
    "EditData": "calls.event_data",
    "Error": "errors",
    "Event": "components.events",
    "EventData": "calls.event_data",
    "Examples": "app.examples",
    "File": "components.file",
    "FileData": "files.file_data",
    "FileSize": "files.sizes",
    "Files": "components.file",
    "Form": "components.layout",
    "Gallery": "components.gallery",
    "GlobalCounter": "state.global_counter",
    "GlobalState": "state.global_state",
    "Group": "components.layout",
    "HTML": "components.html",
    "Header": "calls.request",
    "Highlight": "components.highlighted_text:HighlightedText",
    "HighlightedText": "components.highlighted_text",
    "Highlightedtext": "components.highlighted_text:HighlightedText",
    "Image": "components.image",
    "Info": "calls.notices",
    "InputHTMLAttributes": "components.text",
    "Interface": "app.interface",
    "JSON": "components.data",
    "Json": "components.data:JSON",
    "KeyUpData": "calls.event_data",
    "Label": "components.data",
    "LikeData": "calls.event_data",
    "LinePlot": "components.native_plot",
    "List": "components.dataframe",
    "Markdown": "components.text",
    "Matrix": "components.dataframe",
    "MessageDict": "components.messages",
    "Mic": "components.audio:Microphone",
    "Microphone": "components.audio",
    "MultimodalTextbox": "components.multimodal_textbox",
    "NO_RELOAD": "app.launching",
    "Number": "components.number",
    "Numpy": "components.dataframe",
    "PlayableVideo": "components.video",
    "Plot": "components.plot",
    "Progress": "calls.progress",
    "Radio": "components.choice",
    "Request": "calls.request",
    "RetryData": "calls.event_data",
    "Row": "components.layout",
    "ScatterPlot": "components.native_plot",
    "SelectData": "calls.event_data",
    "Sidebar": "components.layout",
    "Slider": "components.number",
    "State": "components.state",
    "Success": "calls.notices",
    "Tab": "components.layout",
    "TabItem": "components.layout",
    "TabbedInterface": "app.tabbed_interface",
    "Tabs": "components.layout",
    "Text": "components.text:Textbox",
    "TextArea": "components.text",
    "Textbox": "components.text",
    "Theme": "themes.base:Base",
    "Timer": "components.timer",
    "UndoData": "calls.event_data",
    "UploadButton": "components.file_button",
    "Video": "components.video",
    "Warning": "calls.notices",
    "WatermarkOptions": "components.media.images",
    "WaveformOptions": "components.audio",
    "WebcamOptions": "components.media.images",
    "api": "app.api",
    "cache": "calls.cache",
    "close_all": "app.launching",
    "component": "components.shortcuts",
    "get_audio": "compat.sample_files",
    "get_file": "compat.sample_files",
    "get_image": "compat.sample_pictures",
    "get_model3d": "compat.sample_files",
    "get_package_version": "compat.refused",
    "get_video": "compat.sample_files",
    "global_handle": "state.global_state",
    "handler": "aws_lambda.handler",
    "mount_gradio_app": "web.mounting",
    "on": "app.listener",
    "per_session": "state.per_session",
    "register_type": "state.codec",
    "render": "app.rendering",
    "set_static_paths": "files.static",
    "skip": "components.updates",
    "update": "components.updates",
    "validate": "calls.validation",
    "warm": "state.global_state",
}
"""Where each public name is defined, as ``home:name`` where it is called otherwise there; imported when first used."""

__version__ = "0.2.0"
__all__ = [
    "HTML",
    "JSON",
    "NO_RELOAD",
    "Accordion",
    "AnnotatedImage",
    "Annotatedimage",
    "Audio",
    "BarPlot",
    "Blocks",
    "BrowserState",
    "Button",
    "Cache",
    "ChatInterface",
    "ChatMessage",
    "Chatbot",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Column",
    "Component",
    "CopyData",
    "DataFrame",
    "Dataframe",
    "Dataset",
    "DateTime",
    "DeletedFileData",
    "DownloadButton",
    "DownloadData",
    "Dropdown",
    "DuplicateButton",
    "EditData",
    "Error",
    "Event",
    "EventData",
    "Examples",
    "File",
    "FileData",
    "FileSize",
    "Files",
    "Form",
    "Gallery",
    "GlobalCounter",
    "GlobalState",
    "Group",
    "Header",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Info",
    "InputHTMLAttributes",
    "Interface",
    "Json",
    "KeyUpData",
    "Label",
    "LikeData",
    "LinePlot",
    "List",
    "Markdown",
    "Matrix",
    "MessageDict",
    "Mic",
    "Microphone",
    "MultimodalTextbox",
    "Number",
    "Numpy",
    "PlayableVideo",
    "Plot",
    "Progress",
    "Radio",
    "Request",
    "RetryData",
    "Row",
    "ScatterPlot",
    "SelectData",
    "Sidebar",
    "Slider",
    "State",
    "Success",
    "Tab",
    "TabItem",
    "TabbedInterface",
    "Tabs",
    "Text",
    "TextArea",
    "Textbox",
    "Theme",
    "Timer",
    "UndoData",
    "UploadButton",
    "Video",
    "Warning",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
    "api",
    "cache",
    "close_all",
    "component",
    "get_audio",
    "get_file",
    "get_image",
    "get_model3d",
    "get_package_version",
    "get_video",
    "global_handle",
    "handler",
    "mount_gradio_app",
    "on",
    "per_session",
    "register_type",
    "render",
    "set_static_paths",
    "skip",
    "update",
    "validate",
    "warm",
]


_SUBMODULES = ("components", "themes", *MODULES)
"""Gradio's modules, which are attributes without being imported."""

install()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        home, _, called = _HOMES[name].partition(":")
        value = getattr(import_module(f"adapter.{home}"), called or name)
    elif name in EARLIER_NAMES:
        return __getattr__(EARLIER_NAMES[name])
    elif name in REFUSED:
        value = stand_in(name)
    elif name in _SUBMODULES:
        return import_module(f"adapter.{name}")
    elif name.startswith("_"):
        raise AttributeError(f"module 'adapter' has no attribute {name!r}")
    else:
        raise AttributeError(f"adapter {__version__} has no {name!r}. It has: {', '.join(__all__)}.")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
