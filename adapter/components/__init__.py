"""The components and layouts of a page: one file per family."""

from adapter.components.base import Block, Component, FormComponent
from adapter.components.button import Button, ClearButton
from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from adapter.components.code import Code
from adapter.components.color_picker import ColorPicker
from adapter.components.data import JSON, Label
from adapter.components.dataset import Dataset
from adapter.components.date_time import DateTime
from adapter.components.events import Event, Trigger
from adapter.components.highlighted_text import HighlightedText
from adapter.components.html import HTML
from adapter.components.layout import Accordion, Column, Form, Group, Layout, Row, Sidebar, Tab, TabItem, Tabs
from adapter.components.number import Number, Slider
from adapter.components.shortcuts import SHORTCUTS, component
from adapter.components.state import State
from adapter.components.text import InputHTMLAttributes, Markdown, TextArea, Textbox
from adapter.components.timer import Timer
from adapter.components.updates import skip, update

__all__ = [
    "HTML",
    "JSON",
    "SHORTCUTS",
    "Accordion",
    "Block",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Column",
    "Component",
    "Dataset",
    "DateTime",
    "Dropdown",
    "Event",
    "Form",
    "FormComponent",
    "Group",
    "HighlightedText",
    "InputHTMLAttributes",
    "Label",
    "Layout",
    "Markdown",
    "Number",
    "Radio",
    "Row",
    "Sidebar",
    "Slider",
    "State",
    "Tab",
    "TabItem",
    "Tabs",
    "TextArea",
    "Textbox",
    "Timer",
    "Trigger",
    "component",
    "skip",
    "update",
]
