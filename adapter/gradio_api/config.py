"""The page's description: Blocks → ``/config``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from adapter.app.blocks import Blocks
from adapter.app.listener import Listener
from adapter.compat.refused import GRADIO_VERSION
from adapter.components.base import Block
from adapter.files.in_call import address, is_file_data

if TYPE_CHECKING:
    from adapter.app.drawings import Drawing

API_PREFIX = "/gradio_api"
PROTOCOL = "sse_v3"


def config(
    blocks: Blocks,
    *,
    max_file_size: int | None = None,
    max_direct_size: int | None = None,
    username: str | None = None,
    api: str | None = None,
) -> dict[str, Any]:
    """Return what clients and pages read before anything else.

    Args:
        blocks: the app.
        max_file_size: bytes that one upload through the API may have.
        max_direct_size: bytes of a file that the page may send to the store itself; ``None`` where it may not.
        username: of the visitor who is logged in.
        api: the API's public address, for the addresses of the page's own files; ``None`` leaves them out.
    """
    components = [block.config() for block in blocks.blocks.values()]
    if api is not None:
        components = with_addresses(components, api)
    dependencies = [_dependency(listener) for listener in blocks.listeners]
    layout = {"id": blocks.id, "children": [_layout(child) for child in blocks.children]}
    return {
        "version": GRADIO_VERSION,  # clients choose their protocol by it
        "api_prefix": API_PREFIX,
        "protocol": PROTOCOL,
        "mode": blocks.mode,
        "title": blocks.title,
        "root": None,  # clients then keep the address they were given, stage prefix and all
        "connect_heartbeat": False,  # or every open page keeps an invocation running
        "enable_queue": True,
        "run_history": False,
        "show_error": True,
        "analytics_enabled": False,
        "dev_mode": False,
        "vibe_mode": False,
        "is_colab": False,
        "pwa": False,
        "mcp_server": False,
        "app_id": 0,
        "space_id": None,
        "username": username,
        "max_file_size": max_file_size,
        "max_direct_size": max_direct_size,  # of our own page
        "persist_session": blocks.persist_session,  # of our own page
        **_scripts(blocks, [*components, *dependencies]),  # of our own page
        "css": blocks.css,
        "style": style(blocks),  # of our own page
        "js": blocks.js,
        "head": blocks.head,
        "body_css": None,
        "stylesheets": [],
        "theme": None if blocks.theme is None else blocks.theme.name,
        "theme_hash": None,
        "fill_height": blocks.fill_height,
        "fill_width": blocks.fill_width,
        "footer_links": ["api"],
        "pages": [["", "Home", True]],
        "i18n_translations": None,
        "components": components,
        "layout": layout,
        "dependencies": dependencies,
        "page": {
            "": {
                "layout": layout,
                "components": [component["id"] for component in components],
                "dependencies": [dependency["id"] for dependency in dependencies],
            }
        },
    }


def render_config(drawing: Drawing) -> dict[str, Any]:
    """Return what a page needs to put a part that was drawn in the place of what stands there."""
    part, place = drawing.part, drawing.part.place
    container = part.container.config() | {"renderable": place}
    drawn = []
    for block in drawing.blocks.values():
        entry = block.config() | {"renderable": place, "rendered_in": place}
        drawn.append(entry | ({"key": repr(block.key)} if block.key is not None else {}))  # pages compare it
    dependencies = [_dependency(listener) for listener in drawing.listeners]
    layout = {"id": part.container.id, "children": [_layout(child) for child in drawing.children]}
    page = {
        "layout": layout,
        "components": [one["id"] for one in (container, *drawn)],
        "dependencies": [one["id"] for one in dependencies],
    }
    return {
        "page": {"": page},
        "components": [container, *drawn],
        "dependencies": dependencies,
        "layout": layout,
        "render_id": place,
    }


def style(blocks: Blocks) -> str | None:
    """Return the theme as CSS, and the variables that the app's own CSS names."""
    if blocks.theme is None and "var(" not in (blocks.css or ""):
        return None
    return import_module("adapter.themes.stylesheet").stylesheet(blocks.theme, blocks.css or "") or None


def _scripts(blocks: Blocks, entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the page loads and runs by itself, as ``scripts``; nothing if the app has no script at all."""
    used = blocks.scripts is not None or any({"script", "on_load", "head"} & entry.keys() for entry in entries)
    return {"scripts": blocks.scripts or {}} if used else {}


def with_addresses(data: Any, api: str) -> Any:
    """Return ``data`` with an address for each of the page's own files."""
    if isinstance(data, list):
        return [with_addresses(item, api) for item in data]
    if not isinstance(data, dict):
        return data
    if is_file_data(data) and data.get("url") is None:
        return {**data, "url": address(api, data["path"])}
    return {name: with_addresses(value, api) for name, value in data.items()}


def _layout(block: Block) -> dict[str, Any]:
    node: dict[str, Any] = {"id": block.id}
    if block.children:
        node["children"] = [_layout(child) for child in block.children]
    return node


def _dependency(listener: Listener) -> dict[str, Any]:
    endpoint = listener.endpoint
    options = listener.options
    return {
        **({"script": options.script} if options.script else {}),  # of our own page
        "id": listener.id,
        "targets": [[block.id if block is not None else None, event] for block, event in listener.targets],
        "inputs": [component.id for component in listener.inputs],
        "outputs": [component.id for component in listener.outputs],
        "backend_fn": endpoint is not None,
        "js": options.js,
        "queue": options.queue,
        "api_name": listener.api_name,
        "api_description": listener.description,
        "api_visibility": listener.visibility,
        "scroll_to_output": options.scroll_to_output,
        "show_progress": options.show_progress,
        "show_progress_on": options.show_progress_on,
        "batch": options.batch,
        "max_batch_size": options.max_batch_size,
        "cancels": listener.cancels,
        "types": {
            "generator": endpoint is not None and endpoint.is_generator,
            "cancel": bool(listener.cancels),
        },
        "collects_event_data": endpoint is not None and endpoint.collects_event_data,
        "trigger_after": options.trigger_after,
        "trigger_only_on_success": options.trigger_only_on_success,
        "trigger_only_on_failure": options.trigger_only_on_failure,
        "trigger_mode": options.trigger_mode,
        "rendered_in": options.rendered_in,
        "render_id": None if options.part is None else options.part.place,
        "connection": "sse",
        "time_limit": options.time_limit,
        "stream_every": options.stream_every,
        "event_specific_args": None,
        "component_prop_inputs": [] if endpoint is None else sorted(endpoint.annotated_positions),
        "js_implementation": None,
    }
