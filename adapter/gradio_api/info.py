"""What an app's API takes and returns: Blocks → ``/gradio_api/info``."""

from __future__ import annotations

from typing import Any

from adapter.app.blocks import Blocks
from adapter.app.listener import Listener
from adapter.components.base import Component
from adapter.files.in_call import address, is_file_data
from adapter.gradio_api.python_types import python_type

RESERVED = ("api_name", "fn_index", "result_callbacks")
"""Parameter names that Gradio's Python client keeps for itself."""


def info(blocks: Blocks, *, all_endpoints: bool = False, api: str = "") -> dict[str, Any]:
    """Return every documented endpoint with its parameters and returns; State is left out of both.

    Args:
        blocks: the app.
        all_endpoints: whether those are told too that are not documented.
        api: the API's public address, without a slash at the end, where files that are defaults can be fetched.
    """
    return {
        "named_endpoints": {
            f"/{listener.api_name}": _endpoint(listener, api)
            for listener in blocks.listeners
            if listener.is_public or (all_endpoints and listener.endpoint is not None)
        },
        "unnamed_endpoints": {},
    }


def _endpoint(listener: Listener, api: str) -> dict[str, Any]:
    assert listener.endpoint is not None
    filled = parameters(listener)
    for one in filled:
        one["parameter_default"] = _fetchable(one["parameter_default"], api)
    return {
        "parameters": filled,
        "returns": [_described(one, f"value_{one.id}") for one in listener.endpoint.outputs if not one.skip_api],
        "api_visibility": listener.visibility,
        "description": listener.description or "",
    }


def _fetchable(data: Any, api: str) -> Any:
    """Return ``data`` with addresses for paths: a client takes a path that is none for a file of its own machine."""
    if isinstance(data, list):
        return [_fetchable(item, api) for item in data]
    if not isinstance(data, dict):
        return data
    if is_file_data(data) and data.get("url") is None:
        place = address(api, data["path"])
        return {**data, "path": place, "url": place}
    return {name: _fetchable(value, api) for name, value in data.items()}


def parameters(listener: Listener) -> list[dict[str, Any]]:
    """Return what callers fill in, in order, with the defaults that apply when they do not."""
    assert listener.endpoint is not None
    names = listener.endpoint.input_names
    if listener.endpoint.inputs_by_component:  # as in Gradio, the dict's name stands for the first of its values
        names = [*listener.endpoint.parameters.names[:1], *[None] * len(names)]
    found = []
    for position, component in enumerate(listener.inputs):
        if component.skip_api:
            continue
        name = names[position]
        if name is None or name in RESERVED:
            name = f"param_{position}"
        defaults = listener.endpoint.parameters.defaults
        default = component.attributes().get("value")  # as the page is told: a BrowserState's is the browser's
        has_default = default is not None or (name in defaults and defaults[name] is None)
        described = _described(component, f"parameter_{component.id}")
        found.append(
            {
                "label": described["label"],
                "parameter_name": name,
                "parameter_has_default": has_default,
                "parameter_default": default,
                "type": described["type"],
                "python_type": {
                    "type": described["python_type"]["type"],
                    "description": described["type"].get("additional_description", ""),
                },
                "component": described["component"],
                "example_input": component.example_payload(),
            }
        )
    return found


def _described(component: Component, substitute: str) -> dict[str, Any]:
    schema = component.api_info()
    return {
        "label": substitute if component.label is None else component.label,
        "type": schema,
        "python_type": {"type": python_type(schema), "description": schema.get("description", "")},
        "component": component.kind().capitalize(),
    }
