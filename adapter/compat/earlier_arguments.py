"""The arguments that Gradio 3.50, 4 or 5 had and Gradio 6 has no more, and what became of each.

A script that gives one runs: where there is something new in its place, that is given; where there is
nothing, a warning says so. What is given under the new name wins.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from adapter.compat.warnings import warn

Arguments = dict[str, Any]
Change = Callable[[Any, Arguments], str | None]
"""Puts an old argument's value among the arguments of today; returns why it has no effect, where it has none."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _renamed(now: str) -> Change:
    def change(value: Any, arguments: Arguments) -> None:
        if value is not None:
            arguments.setdefault(now, value)

    return change


def _without_effect(why: str, *, usual: Any = None) -> Change:
    """Return the change of what is only noted, and not even that for ``None`` and for its ``usual`` value."""

    def change(value: Any, _: Arguments) -> str | None:
        return None if value is None or value == usual else why

    return change


def _button(name: str, *usual: str) -> Change:
    """Return the change of an argument that said whether the corner has the button ``name``.

    Args:
        name: of the button.
        usual: the buttons that the component has where it is not told.
    """

    def change(value: Any, arguments: Arguments) -> None:
        if value is None:
            return
        buttons = [one for one in arguments.get("buttons") or usual if one != name]
        arguments["buttons"] = [*buttons, name] if value else buttons

    return change


def _webcam(option: str) -> Change:
    """Return the change of what is ``option`` of the ``webcam_options`` by now."""

    def change(value: Any, arguments: Arguments) -> None:
        if value is None:
            return
        options = arguments.get("webcam_options") or {}
        if isinstance(options, Mapping):
            arguments["webcam_options"] = {**options, option: value}

    return change


def _documented(value: Any, arguments: Arguments) -> None:
    if value is False:
        arguments.setdefault("api_visibility", "undocumented")


_CHOSEN = "the page chooses it"
_ONE_PAGE = "its chart is drawn by the adapter's page"
_LENGTH = "check it in the function, or by validator="
_CHAT = "the page has them beside the messages"
_TOOLS = "the page has no drawing tools"
_SHARE = {"show_share_button": "share"}


def _buttons(names: Mapping[str, str], *usual: str) -> dict[str, Change]:
    return {old: _button(name, *usual) for old, name in names.items()}


_FULLSCREEN = {"show_fullscreen_button": "fullscreen"}
_DOWNLOAD = {"show_download_button": "download"}
_COPY = {"show_copy_button": "copy"}
_FORM: dict[str, Change] = {"default": _renamed("value"), "optional": _without_effect(_CHOSEN, usual=False)}
_RECORDED: dict[str, Change] = {
    "source": _renamed("sources"),
    "min_length": _without_effect(_LENGTH),
    "max_length": _without_effect(_LENGTH),
}
_SEEN: dict[str, Change] = {"mirror_webcam": _webcam("mirror"), "webcam_constraints": _webcam("constraints")}
_CHART: dict[str, Change] = {
    "color_legend_title": _renamed("color_title"),
    "show_actions_button": _button("export"),
    "show_export_button": _button("export"),
    "show_fullscreen_button": _button("fullscreen"),
    "interactive": _without_effect(_ONE_PAGE, usual=True),
    **dict.fromkeys(
        (
            "color_legend_position", "group", "group_title", "overlay_point", "shape", "shape_legend_position",
            "shape_legend_title", "size", "size_legend_position", "size_legend_title", "stroke_dash",
            "stroke_dash_legend_position", "stroke_dash_legend_title", "width",
        ),
        _without_effect(_ONE_PAGE),
    ),
    "vertical": _without_effect(_ONE_PAGE, usual=True),
}  # fmt: skip

EARLIER: dict[str, dict[str, Change]] = {
    # components, by the name of their type in the config
    "annotatedimage": _buttons(_FULLSCREEN, "fullscreen"),
    "audio": {
        **_RECORDED,
        **_buttons(_DOWNLOAD | _SHARE, "download", "share"),
        "show_edit_button": _renamed("editable"),
    },
    "chatbot": {
        **_buttons(_SHARE | _COPY | {"show_copy_all_button": "copy_all"}, "share", "copy", "copy_all"),
        "resizeable": _renamed("resizable"),
        "bubble_full_width": _without_effect(_CHOSEN),
        "likeable": _without_effect("messages can be liked where chatbot.like() has a listener", usual=False),
        "color_map": _without_effect(_CHOSEN),
    },
    "checkbox": _FORM,
    "checkboxgroup": _FORM,
    "code": _buttons(_COPY | _DOWNLOAD, "copy", "download"),
    "dataframe": {
        **_buttons(_FULLSCREEN | _COPY, "fullscreen", "copy"),
        "height": _renamed("max_height"),
        "max_rows": _without_effect("the table scrolls; give max_height"),
        "max_cols": _without_effect("the table scrolls"),
        "overflow_row_behaviour": _without_effect("the table scrolls", usual="paginate"),
    },
    "dropdown": _FORM,
    "gallery": _buttons(_SHARE | _DOWNLOAD | _FULLSCREEN, "share", "download", "download_all", "fullscreen"),
    "image": {
        **_SEEN,
        **_buttons(_DOWNLOAD | _SHARE | _FULLSCREEN, "download", "share", "fullscreen"),
        "source": _renamed("sources"),
        "shape": _without_effect("give height and width, or resize the picture in the function"),
        "invert_colors": _without_effect("invert the picture in the function", usual=False),
        "tool": _without_effect(_TOOLS),
        "brush_radius": _without_effect(_TOOLS),
        "brush_color": _without_effect(_TOOLS, usual="#000000"),
        "mask_opacity": _without_effect(_TOOLS, usual=0.7),
        "plot": _without_effect("use gr.Plot", usual=False),
    },
    "json": _buttons(_COPY, "copy"),
    "markdown": _buttons(_COPY),
    "nativeplot": _CHART,
    "number": _FORM,
    "radio": _FORM,
    "slider": {**_FORM, "show_reset_button": _button("reset", "reset")},
    "textbox": {**_FORM, **_buttons(_COPY)},
    "video": {
        **_SEEN,
        **_RECORDED,
        **_buttons(_DOWNLOAD | _SHARE, "download"),
        "type": _without_effect("the function gets a path"),
    },
    # what is not in the config
    "ChatInterface": {
        "additional_inputs_accordion_name": _renamed("additional_inputs_accordion"),
        "show_api": _documented,
        **dict.fromkeys(("retry_btn", "undo_btn", "clear_btn"), _without_effect(_CHAT)),
    },
    "ClearButton": {"show_api": _documented},
    "Examples": {"show_api": _documented},
    "Interface": {
        "show_api": _documented,
        **dict.fromkeys(("interpretation", "num_shap"), _without_effect("nothing explains the answers")),
        "thumbnail": _without_effect("the page has none"),
    },
    "WaveformOptions": {"show_controls": _without_effect("the browser's own player has them", usual=True)},
    "listener": {
        "_js": _renamed("js"),
        "show_api": _documented,
        "like_user_message": _without_effect("give it to the gr.Chatbot", usual=False),
        "status_tracker": _without_effect("the outputs show that a call runs"),
    },
}
"""By the kind of what takes them, and by their names: the arguments of earlier versions."""

_NAMES = frozenset(name for changes in EARLIER.values() for name in changes)


def modern(kind: str, arguments: Mapping[str, Any]) -> Arguments:
    """Return ``arguments`` with those of today in the place of those of earlier versions.

    Args:
        kind: of what takes them, as in `EARLIER`.
        arguments: as they were given, by name.
    """
    found = dict(arguments)
    if _NAMES.isdisjoint(found):
        return found
    for name, change in EARLIER.get(kind, {}).items():
        if name in found:
            why = change(found.pop(name), found)
            if why is not None:
                warn(f"{name}=… has no effect: {why}.")
    return found


def takes_earlier(kind: str) -> Callable[[_Function], _Function]:
    """Return the decorator of a function that takes the arguments of earlier versions, too."""

    def decorate(function: _Function) -> _Function:
        @functools.wraps(function)
        def taking(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **modern(kind, kwargs))

        return cast(_Function, taking)

    return decorate
