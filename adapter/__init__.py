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

from adapter.gradio_modules import install
from adapter.names import EARLIER_NAMES, MODULES, REFUSED, stand_in

if TYPE_CHECKING:
    from adapter.api_endpoint import api
    from adapter.aws_lambda import handler
    from adapter.blocks import Blocks
    from adapter.caching import Cache, cache
    from adapter.chat_interface import ChatInterface
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
    from adapter.components.messages import ChatMessage, MessageDict
    from adapter.components.multimodal_textbox import MultimodalTextbox
    from adapter.components.native_plot import BarPlot, LinePlot, ScatterPlot
    from adapter.components.number import Number, Slider
    from adapter.components.pictures import WatermarkOptions, WebcamOptions
    from adapter.components.plot import Plot
    from adapter.components.shortcuts import component
    from adapter.components.state import State
    from adapter.components.text import InputHTMLAttributes, Markdown, TextArea, Textbox
    from adapter.components.text import Textbox as Text
    from adapter.components.timer import Timer
    from adapter.components.updates import skip, update
    from adapter.components.video import PlayableVideo, Video
    from adapter.errors import Error
    from adapter.event_data import (
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
    from adapter.examples import Examples
    from adapter.file_data import FileData
    from adapter.files.static import set_static_paths
    from adapter.interface import Interface
    from adapter.launching import NO_RELOAD, close_all
    from adapter.listeners import on
    from adapter.names import get_package_version
    from adapter.notices import Info, Success, Warning
    from adapter.progress import Progress
    from adapter.rendering import render
    from adapter.request import Header, Request
    from adapter.sample_files import get_audio, get_file, get_model3d, get_video
    from adapter.sample_pictures import get_image
    from adapter.sizes import FileSize
    from adapter.state.codec import register_type
    from adapter.state.global_counter import GlobalCounter
    from adapter.state.global_state import GlobalState, global_handle, warm
    from adapter.state.per_session import per_session
    from adapter.tabbed_interface import TabbedInterface
    from adapter.themes.base import Base as Theme
    from adapter.validation import validate
    from adapter.web.mounting import mount_gradio_app

_HOMES = {
    "Accordion": "components.layout",
    "AnnotatedImage": "components.annotated_image",
    "Annotatedimage": "components.annotated_image:AnnotatedImage",
    "Audio": "components.audio",
    "BarPlot": "components.native_plot",
    "Blocks": "blocks",
    "BrowserState": "components.browser_state",
    "Button": "components.button",
    "Cache": "caching",
    "ChatInterface": "chat_interface",
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
    "CopyData": "event_data",
    "DataFrame": "components.dataframe:Dataframe",
    "Dataframe": "components.dataframe",
    "Dataset": "components.dataset",
    "DateTime": "components.date_time",
    "DeletedFileData": "event_data",
    "DownloadButton": "components.file_button",
    "DownloadData": "event_data",
    "Dropdown": "components.choice",
    "DuplicateButton": "components.button",
    "EditData": "event_data",
    "Error": "errors",
    "Event": "components.events",
    "EventData": "event_data",
    "Examples": "examples",
    "File": "components.file",
    "FileData": "file_data",
    "FileSize": "sizes",
    "Files": "components.file",
    "Form": "components.layout",
    "Gallery": "components.gallery",
    "GlobalCounter": "state.global_counter",
    "GlobalState": "state.global_state",
    "Group": "components.layout",
    "HTML": "components.html",
    "Header": "request",
    "Highlight": "components.highlighted_text:HighlightedText",
    "HighlightedText": "components.highlighted_text",
    "Highlightedtext": "components.highlighted_text:HighlightedText",
    "Image": "components.image",
    "Info": "notices",
    "InputHTMLAttributes": "components.text",
    "Interface": "interface",
    "JSON": "components.data",
    "Json": "components.data:JSON",
    "KeyUpData": "event_data",
    "Label": "components.data",
    "LikeData": "event_data",
    "LinePlot": "components.native_plot",
    "List": "components.dataframe",
    "Markdown": "components.text",
    "Matrix": "components.dataframe",
    "MessageDict": "components.messages",
    "Mic": "components.audio:Microphone",
    "Microphone": "components.audio",
    "MultimodalTextbox": "components.multimodal_textbox",
    "NO_RELOAD": "launching",
    "Number": "components.number",
    "Numpy": "components.dataframe",
    "PlayableVideo": "components.video",
    "Plot": "components.plot",
    "Progress": "progress",
    "Radio": "components.choice",
    "Request": "request",
    "RetryData": "event_data",
    "Row": "components.layout",
    "ScatterPlot": "components.native_plot",
    "SelectData": "event_data",
    "Sidebar": "components.layout",
    "Slider": "components.number",
    "State": "components.state",
    "Success": "notices",
    "Tab": "components.layout",
    "TabItem": "components.layout",
    "TabbedInterface": "tabbed_interface",
    "Tabs": "components.layout",
    "Text": "components.text:Textbox",
    "TextArea": "components.text",
    "Textbox": "components.text",
    "Theme": "themes.base:Base",
    "Timer": "components.timer",
    "UndoData": "event_data",
    "UploadButton": "components.file_button",
    "Video": "components.video",
    "Warning": "notices",
    "WatermarkOptions": "components.pictures",
    "WaveformOptions": "components.audio",
    "WebcamOptions": "components.pictures",
    "api": "api_endpoint",
    "cache": "caching",
    "close_all": "launching",
    "component": "components.shortcuts",
    "get_audio": "sample_files",
    "get_file": "sample_files",
    "get_image": "sample_pictures",
    "get_model3d": "sample_files",
    "get_package_version": "names",
    "get_video": "sample_files",
    "global_handle": "state.global_state",
    "handler": "aws_lambda",
    "mount_gradio_app": "web.mounting",
    "on": "listeners",
    "per_session": "state.per_session",
    "register_type": "state.codec",
    "render": "rendering",
    "set_static_paths": "files.static",
    "skip": "components.updates",
    "update": "components.updates",
    "validate": "validation",
    "warm": "state.global_state",
}
"""Where each public name is defined, as ``home:name`` where it is called otherwise there; imported when first used."""

__version__ = "0.1.0"
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


_SUBMODULES = ("blocks", "chat_interface", "components", "interface", "themes", "validators", *MODULES)
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
