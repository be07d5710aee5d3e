"""The names of Gradio's that are not here: each with its reason, and what to use instead.

Such a name can be imported, be an annotation, and be asked for by ``isinstance`` (nothing is one). It
raises when it is called, when a class is made from it, and when one of its attributes is taken.
"""

from __future__ import annotations

from typing import Any, NoReturn

from adapter.errors import NotAvailable, UnknownName

GRADIO_VERSION = "6.31.0"
"""The version whose names, behaviour and wire format these are.
Source: https://pypi.org/project/gradio/6.31.0/"""

_PICTURES = "let visitors draw in their own program and upload it to a gr.Image"
_FLAGGING = "keep what matters by appending to a gr.GlobalState"
_LOGIN = "let the front door (an API Gateway authorizer) log visitors in; gr.Request has what it tells"
_CLIENT = "call it from a function of your own, by gradio_client.Client"
_ELSEWHERE = "Gradio's own server and tools use it, and an environment has neither"

REFUSED: dict[str, tuple[str, str]] = {
    # pictures
    "Brush": ("its page has no drawing tools", _PICTURES),
    "Eraser": ("its page has no drawing tools", _PICTURES),
    "ImageEditor": ("its page has no drawing tools", _PICTURES),
    "ImageMask": ("its page has no drawing tools", _PICTURES),
    "ImageSlider": ("its page has no such slider", "put two gr.Image into a gr.Row"),
    "LayerOptions": ("its page has no drawing tools", _PICTURES),
    "Model3D": ("its page draws no models", "give the model as a gr.File"),
    "Paint": ("its page has no drawing tools", _PICTURES),
    "Sketchpad": ("its page has no drawing tools", _PICTURES),
    # other components and layouts
    "DeepLinkButton": ("an address names no session", "use gr.State(...) with persist_session=True"),
    "Dialogue": ("its page has no such editor", "use a gr.Textbox(lines=...) with one line for each speaker's turn"),
    "Draggable": ("its page moves no blocks", "use a gr.Row or a gr.Column"),
    "FileExplorer": ("an environment's disk is empty and its own", "offer the names by a gr.Dropdown"),
    "Navbar": ("an app is one page", "put the pages into gr.Tab blocks, or link the apps in a gr.Markdown"),
    "ParamViewer": ("its page has no such table", "use a gr.Markdown or a gr.JSON"),
    "Step": ("its page has no such steps", "use gr.Tab in gr.Tabs(selected=...)"),
    "Walkthrough": ("its page has no such steps", "use gr.Tabs(selected=...)"),
    # login
    "LoginButton": ("Hugging Face logs visitors in only on Spaces", _LOGIN),
    "OAuthProfile": ("Hugging Face logs visitors in only on Spaces", _LOGIN),
    "OAuthToken": ("Hugging Face logs visitors in only on Spaces", _LOGIN),
    "LogoutButton": ("Hugging Face logs visitors in only on Spaces", _LOGIN),
    # flagging
    "CSVLogger": ("a file on an environment's disk goes with the environment", _FLAGGING),
    "FlaggingCallback": ("its page has no Flag button", _FLAGGING),
    "HuggingFaceDatasetSaver": ("its page has no Flag button", _FLAGGING),
    "SimpleCSVLogger": ("a file on an environment's disk goes with the environment", _FLAGGING),
    # apps from elsewhere, and where apps go
    "Server": ("an app is a Lambda handler here", "use gr.api(fn) in a gr.Blocks, and gr.handler(demo)"),
    "Workflow": ("its page has no such editor", "write the steps as functions of a gr.Blocks"),
    "WorkflowCanvas": ("its page has no such editor", "write the steps as functions of a gr.Blocks"),
    "deploy": ("apps go to AWS and not to Spaces", "deploy it: sam build && sam deploy"),
    "load": ("it loads no apps or models of other servers", _CLIENT),
    "load_chat": ("it loads no apps or models of other servers", "call the model in a gr.ChatInterface's function"),
    "load_ipython_extension": ("it runs in no notebook", "save the app as a file and run it"),
    "make_waveform": ("it draws no videos of sound", "show the sound by a gr.Audio"),
    "load_openapi": ("it loads no apps of other servers", "call the API from a function of your own"),
    "mcp": ("it is no MCP server", "let the MCP server call the app's API"),
    # texts in several languages
    "I18n": ("its page speaks one language", "give the texts as plain strings"),
}  # fmt: skip
"""Name → why it is not here, and what to do instead; for messages and docs/gradio.md."""

MODULES = (
    "analytics", "audio_stream_encoder", "block_function", "blocks", "blocks_events", "brotli_middleware", "caching",
    "chat_interface",
    "component_meta", "data_classes", "events", "exceptions", "external", "external_utils", "flagging", "helpers",
    "history", "http_server", "i18n", "image_utils", "interface", "inputs", "ipython_ext", "layouts", "media",
    "monitoring_dashboard", "networking", "node_server", "oauth", "outputs",
    "pipelines", "pipelines_utils", "processing_utils", "profiling", "queueing", "ranged_response",
    "renderable", "route_utils", "routes", "screen_recording_utils", "server", "server_messages", "state_holder",
    "static_server", "templates", "tunneling", "utils", "validators",
    "workflow", "workflow_api", "workflow_provider_shims",
    *(f"components.{name}" for name in (
        "api_component", "checkbox", "checkboxgroup", "clear_button", "datetime", "deep_link_button", "dialogue",
        "download_button", "dropdown", "duplicate_button", "fallback", "file_explorer", "image_editor", "imageslider",
        "json_component", "label", "login_button", "markdown", "model3d", "navbar", "paramviewer", "radio", "slider",
        "textbox", "upload_button", "workflowcanvas",
    )),
    *(f"layouts.{name}" for name in (
        "accordion", "column", "draggable", "form", "group", "row", "sidebar", "tabs", "walkthrough",
    )),
)  # fmt: skip
"""Gradio's modules that scripts may import names from, and that are no modules here."""

OWN_MODULES = {
    "blocks": "app.blocks",
    "caching": "calls.cache",
    "chat_interface": "app.chat.interface",
    "interface": "app.interface",
    "validators": "calls.validators",
}
"""Of these, where the adapter has what Gradio has there."""

HOMES = {
    "Block": "components.base",
    "BlockContext": "components.layout:Layout",
    "Dependency": "app.listener",
    "EventListener": "components.events:Event",
    "FormComponent": "components.base",
    "MEDIA_PATHS": "compat.sample_files",
    "MEDIA_ROOT": "compat.sample_files",
    "Message": "components.messages:MessageDict",
    "NamedString": "components.wire_files",
    "create_examples": "app.examples:Examples",
    "get_space": "compat.refused",
    "get_component_instance": "components.shortcuts:component",
    "special_args": "calls.special_arguments",
}
"""Names that Gradio has only in its modules, and where they are here; ``home:name`` where they are called otherwise."""


EARLIER_NAMES = {"Box": "Group", "Variable": "State"}
"""Names of Gradio 3, and what they are called since."""


def get_package_version() -> str:
    """Return the version of Gradio whose names and behaviour the adapter has."""
    return GRADIO_VERSION


def get_space() -> None:
    """Return the name of the Space that the app is in: ``None``, since it is in none."""


class Refused(type):
    """The class of the stand-ins for the names in `REFUSED`."""

    reason: tuple[str, str] | None = None

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Refused:
        for base in bases:
            if isinstance(base, Refused):
                base._raise()
        return super().__new__(mcs, name, bases, namespace)

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        cls._raise()

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__"):  # asked of everything, by Python itself
            raise AttributeError(f"{cls.__name__!r} has no attribute {name!r}")
        cls._raise()

    def _raise(cls) -> NoReturn:
        raise NotAvailable(refusal(cls.__name__))


def stand_in(name: str) -> Refused:
    """Return what stands for a name of `REFUSED`."""
    return Refused(name, (), {"__module__": "adapter", "__doc__": refusal(name)})


def refusal(name: str) -> str:
    """Return why a name of `REFUSED` is not here, and what to do instead."""
    reason, instead = REFUSED[name]
    return f"gr.{name} is not in the adapter, since {reason}; {instead}."


def unknown(module: str, name: str) -> NoReturn:
    """Raise UnknownName for a name that ``gradio.module`` may have, and that is not for apps."""
    raise UnknownName(f"gradio.{module}.{name} is not in the adapter: {_ELSEWHERE}; use the names of gradio itself.")
