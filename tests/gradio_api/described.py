"""A config without what differs from process to process: blocks are known by their place on the page."""

from __future__ import annotations

from typing import Any


def walked(node: dict[str, Any]) -> list[int]:
    """Return the ids of a layout's blocks, from the top down."""
    return [node["id"], *(found for child in node.get("children", ()) for found in walked(child))]


def tree(node: dict[str, Any], types: dict[int, str]) -> Any:
    """Return a layout's types: a name for a block without children, else its name and theirs."""
    children = [tree(child, types) for child in node.get("children", ())]
    name = types.get(node["id"], "page")
    return {name: children} if children else name


def described(config: dict[str, Any]) -> dict[str, Any]:
    """Return the keys, the tree and the listeners of a config.

    Scripts are left out, and so are listeners that run in the page alone: those are the page's business.
    """
    types = {component["id"]: component["type"] for component in config["components"]}
    place = {block: position for position, block in enumerate(walked(config["layout"]))}
    listeners = []
    for dependency in config["dependencies"]:
        if dependency["backend_fn"] and dependency["api_visibility"] == "public":
            found = {name: value for name, value in dependency.items() if name not in ("id", "js", "rendered_in")}
            found["targets"] = [[place.get(block), event] for block, event in dependency["targets"]]
            for name in ("inputs", "outputs"):
                found[name] = [place[block] for block in dependency[name]]
            listeners.append(found)
    return {
        "keys": sorted(config),
        "component_keys": sorted({name for component in config["components"] for name in component}),
        "tree": tree(config["layout"], types),
        "labels": [component["props"].get("label") for component in config["components"] if "api_info" in component],
        "listeners": listeners,
    }
