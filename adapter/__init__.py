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

if TYPE_CHECKING:
    from adapter.aws_lambda import handler
    from adapter.blocks import Blocks
    from adapter.components.browser_state import BrowserState
    from adapter.components.button import Button
    from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
    from adapter.components.data import JSON, Label
    from adapter.components.dataset import Dataset
    from adapter.components.layout import Accordion, Column, Group, Row, Tab, Tabs
    from adapter.components.number import Number, Slider
    from adapter.components.state import State
    from adapter.components.text import Markdown, TextArea, Textbox
    from adapter.components.updates import skip, update
    from adapter.errors import Error
    from adapter.interface import Interface
    from adapter.notices import Info, Success, Warning
    from adapter.request import Request
    from adapter.state.codec import register_type
    from adapter.state.global_counter import GlobalCounter
    from adapter.state.global_state import GlobalState, warm

_HOMES = {
    "JSON": "components.data",
    "Accordion": "components.layout",
    "Blocks": "blocks",
    "BrowserState": "components.browser_state",
    "Button": "components.button",
    "Checkbox": "components.choice",
    "CheckboxGroup": "components.choice",
    "Column": "components.layout",
    "Dataset": "components.dataset",
    "Dropdown": "components.choice",
    "Error": "errors",
    "GlobalCounter": "state.global_counter",
    "GlobalState": "state.global_state",
    "Group": "components.layout",
    "Info": "notices",
    "Interface": "interface",
    "Label": "components.data",
    "Markdown": "components.text",
    "Number": "components.number",
    "Radio": "components.choice",
    "Request": "request",
    "Row": "components.layout",
    "Slider": "components.number",
    "State": "components.state",
    "Success": "notices",
    "Tab": "components.layout",
    "Tabs": "components.layout",
    "TextArea": "components.text",
    "Textbox": "components.text",
    "Warning": "notices",
    "handler": "aws_lambda",
    "register_type": "state.codec",
    "skip": "components.updates",
    "update": "components.updates",
    "warm": "state.global_state",
}
"""Where each public name is defined; imported when it is first used, so that ``import adapter`` is quick."""

__version__ = "0.1.0"
__all__ = [
    "JSON",
    "Accordion",
    "Blocks",
    "BrowserState",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "Column",
    "Dataset",
    "Dropdown",
    "Error",
    "GlobalCounter",
    "GlobalState",
    "Group",
    "Info",
    "Interface",
    "Label",
    "Markdown",
    "Number",
    "Radio",
    "Request",
    "Row",
    "Slider",
    "State",
    "Success",
    "Tab",
    "Tabs",
    "TextArea",
    "Textbox",
    "Warning",
    "handler",
    "register_type",
    "skip",
    "update",
    "warm",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"adapter.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    if name.startswith("_"):
        raise AttributeError(f"module 'adapter' has no attribute {name!r}")
    raise AttributeError(f"adapter {__version__} has no {name!r}. It has: {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
