"""The components and layouts of a page: one file per family."""

from adapter.components.base import Block, Component, FormComponent
from adapter.components.button import Button, ClearButton
from adapter.components.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from adapter.components.data import JSON, Label
from adapter.components.dataset import Dataset
from adapter.components.events import Event, Trigger
from adapter.components.layout import Accordion, Column, Form, Group, Layout, Row, Sidebar, Tab, TabItem, Tabs
from adapter.components.number import Number, Slider
from adapter.components.shortcuts import SHORTCUTS, component
from adapter.components.text import InputHTMLAttributes, Markdown, TextArea, Textbox
from adapter.components.updates import skip, update

__all__ = [
    "JSON",
    "SHORTCUTS",
    "Accordion",
    "Block",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "ClearButton",
    "Column",
    "Component",
    "Dataset",
    "Dropdown",
    "Event",
    "Form",
    "FormComponent",
    "Group",
    "InputHTMLAttributes",
    "Label",
    "Layout",
    "Markdown",
    "Number",
    "Radio",
    "Row",
    "Sidebar",
    "Slider",
    "Tab",
    "TabItem",
    "Tabs",
    "TextArea",
    "Textbox",
    "Trigger",
    "component",
    "skip",
    "update",
]
