"""What Gradio 3.50, 4 and 5 took and Gradio 6 does not: scripts that give it run."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest

import adapter as gr
from adapter.compat.earlier_arguments import EARLIER
from adapter.compat.warnings import AppWarning
from adapter.components.base import Block
from adapter.components.updates import changes, outgoing


def classes() -> list[type[Block]]:
    """Return the public components and layouts."""
    found = [getattr(gr, name) for name in gr.__all__]
    return [one for one in found if isinstance(one, type) and issubclass(one, Block) and one.TYPE]


TAKEN = [(one, name) for one in dict.fromkeys(classes()) for name in EARLIER.get(one.TYPE, {})]
"""Each component with each argument of an earlier version."""


def same(text: str) -> str:
    """Return what came."""
    return text


def made(kind: type[Block], **options: Any) -> Block:
    """Return a component, whatever it warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AppWarning)
        return kind(**options)


@pytest.mark.parametrize(("kind", "name"), TAKEN, ids=[f"{kind.__name__}-{name}" for kind, name in TAKEN])
def test_every_component_takes_every_earlier_argument(kind: type[Block], name: str) -> None:
    """In its constructor and in an update; today's version does not have the argument itself."""
    assert name not in inspect.signature(kind.__init__).parameters
    assert name not in kind.OPTIONS.__annotations__
    block = made(kind, **{name: None})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AppWarning)
        assert name not in changes(block, gr.update(**{name: None}))
        outgoing(block, made(kind, **{name: None}))


@pytest.mark.parametrize(
    ("kind", "earlier", "now"),
    [
        (gr.Textbox, {"show_copy_button": True}, {"buttons": ["copy"]}),
        (gr.TextArea, {"show_copy_button": True}, {"buttons": ["copy"]}),
        (gr.Markdown, {"show_copy_button": True}, {"buttons": ["copy"]}),
        (gr.Image, {"show_download_button": False}, {"buttons": ["share", "fullscreen"]}),
        (gr.Image, {"show_share_button": None}, {}),
        (gr.Image, {"show_download_button": False, "show_fullscreen_button": False}, {"buttons": ["share"]}),
        (gr.Gallery, {"show_share_button": False}, {"buttons": ["download", "download_all", "fullscreen"]}),
        (gr.Chatbot, {"show_copy_all_button": False}, {"buttons": ["share", "copy"]}),
        (gr.Chatbot, {"resizeable": True}, {"resizable": True}),
        (gr.Dataframe, {"height": 200}, {"max_height": 200}),
        (gr.Dataframe, {"height": 200, "max_height": 300}, {"max_height": 300}),
        (gr.Slider, {"show_reset_button": False}, {"buttons": []}),
        (gr.BarPlot, {"color_legend_title": "of"}, {"color_title": "of"}),
        (gr.LinePlot, {"show_actions_button": True}, {"buttons": ["export"]}),
        (gr.Image, {"source": "webcam"}, {"sources": ["webcam"]}),
        (gr.Audio, {"source": "microphone"}, {"sources": ["microphone"]}),
        (gr.Number, {"default": 4}, {"value": 4}),
        (gr.Image, {"mirror_webcam": False}, {"webcam_options": gr.WebcamOptions(mirror=False)}),
        (
            gr.Video,
            {"mirror_webcam": False, "webcam_constraints": {"video": True}},
            {"webcam_options": gr.WebcamOptions(mirror=False, constraints={"video": True})},
        ),
    ],
)
def test_what_has_a_successor_has_its_effect(kind: type[Block], earlier: dict[str, Any], now: dict[str, Any]) -> None:
    """A component made with the earlier argument is as one made with today's, and nothing is warned of."""
    assert kind(**earlier).props() == kind(**now).props()


@pytest.mark.parametrize(
    ("kind", "earlier"),
    [
        (gr.Chatbot, {"bubble_full_width": False}),
        (gr.Chatbot, {"likeable": True}),
        (gr.Audio, {"max_length": 30}),
        (gr.LinePlot, {"overlay_point": True}),
        (gr.BarPlot, {"vertical": False}),
        (gr.Image, {"tool": "sketch"}),
    ],
)
def test_what_has_none_is_warned_of(kind: type[Block], earlier: dict[str, Any]) -> None:
    """The warning stands at the script's line, and names the argument."""
    with pytest.warns(AppWarning, match=f"{next(iter(earlier))}=… has no effect: ") as caught:
        kind(**earlier)
    assert caught[0].filename == __file__


def test_usual_values_are_not_warned_of() -> None:
    """Who gave what was the default then misses nothing."""
    charts: Any = gr.BarPlot
    chats: Any = gr.Chatbot
    charts(vertical=True, interactive=True, width=None)
    chats(likeable=False, bubble_full_width=None)


def test_a_function_may_still_return_them() -> None:
    """An update, and an instance as an update, change what is there today."""
    kind: Any = gr.Textbox
    box = kind()
    assert outgoing(box, gr.update(show_copy_button=True)) == {"__type__": "update", "buttons": ["copy"]}
    assert outgoing(box, kind(show_copy_button=True)) == {"__type__": "update", "buttons": ["copy"]}


def test_a_class_of_an_app_may_pass_them_on() -> None:
    """Also where its own constructor has an argument of that name."""

    class Box(gr.Textbox):
        def __init__(self, show_copy_button: bool = True, **options: Any) -> None:
            options["show_copy_button"] = show_copy_button
            super().__init__(**options)

    assert Box().buttons == ["copy"]


@pytest.mark.parametrize("kind", list(dict.fromkeys(classes())), ids=lambda kind: kind.__name__)
def test_what_no_version_had_is_refused(kind: Any) -> None:
    """As Python does; but an HTML component's further arguments are its template's."""
    if kind is not gr.HTML:
        with pytest.raises(TypeError, match="colour_scheme"):
            made(kind, colour_scheme="red")


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ({"show_api": False}, {"api_visibility": "undocumented"}),
        ({"show_api": True}, {"api_visibility": "public"}),
        ({"_js": "() => 1"}, {"js": "() => 1"}),
        ({"every": None}, {}),
        ({"status_tracker": None}, {}),
    ],
)
def test_listeners_take_them_too(earlier: dict[str, Any], now: dict[str, Any]) -> None:
    """By methods of components, chains, ``on`` and decorators."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(same, text, text, **earlier).then(same, text, text, **earlier)
        gr.on([text.change], same, text, text, **earlier)
        text.change(inputs=text, outputs=text, **earlier)(same)
    for one in demo.get_config_file()["dependencies"]:
        assert {name: one[name] for name in now} == now


def test_a_load_function_runs_every_so_often() -> None:
    """``every`` of Gradio 3 and 4: a timer beside the page's opening; of other events it is warned."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        demo.load(lambda: "now", None, text, every=2)
        with pytest.warns(AppWarning, match="every=1 has an effect on load"):
            text.change(same, text, text, every=1)
    load, change = demo.get_config_file()["dependencies"]
    [timer] = [one for one in demo.get_config_file()["components"] if one["type"] == "timer"]
    assert load["targets"] == [[None, "load"], [timer["id"], "tick"]]
    assert (timer["props"]["value"], load["show_progress"], len(change["targets"])) == (2, "hidden", 1)


def test_names_of_gradio_3_mean_what_replaced_them() -> None:
    """``Box`` and ``Variable``, and the modules of inputs and outputs; ``style()`` is the constructor's arguments."""
    assert (any_gr.Box, any_gr.Variable) == (gr.Group, gr.State)
    assert any_gr.inputs.Textbox is any_gr.outputs.Textbox is gr.Textbox
    assert gr.Textbox().style(show_copy_button=True).buttons == ["copy"]
    with pytest.warns(AppWarning, match=r"style\(full_width=…\) has no effect"):
        gr.Button().style(full_width=True)


def test_a_button_that_copies_a_space_is_a_button() -> None:
    """It does nothing, as in Gradio elsewhere than on a Space."""
    with pytest.warns(AppWarning, match="DuplicateButton does nothing"):
        button = gr.DuplicateButton()
    assert (button.value, button.variant, button.scale) == ("Duplicate Space", "huggingface", 0)


any_gr: Any = gr
"""Type checkers are not to know what the tests are about."""

WARNED: dict[str, tuple[Any, str]] = {
    "a scale": (lambda: any_gr.Textbox(scale=1.5), "scale=1.5 is no whole number"),
    "a row's scale": (lambda: any_gr.Row(scale=0.5), "scale=0.5 is no whole number"),
    "a label without a frame": (lambda: gr.Textbox(show_label=True, container=False), "show_label=True has no effect"),
    "lines of a password": (lambda: gr.Textbox(type="password", lines=3), "has one line"),
    "a script": (lambda: gr.HTML("<p>a</p><SCRIPT>alert(1)</SCRIPT>"), "does not run"),
    "a script in a template": (lambda: gr.HTML(html_template="<script src='a.js'></script>"), "does not run"),
    "a chat's own textbox": (
        lambda: gr.ChatInterface(echo, textbox=gr.Textbox(), submit_btn="Go", autofocus=False),
        r"ChatInterface\(submit_btn=…\) has no effect beside textbox",
    ),
    "columns of examples": (
        lambda: gr.Examples([["a", 1]], [gr.Textbox(), gr.Number()], visible_columns=[0]),
        "shows all columns",
    ),
    "buttons of a chat": (lambda: gr.ChatInterface(echo, undo_btn="Undo"), "undo_btn=… has no effect"),
    "interpretation": (lambda: gr.Interface(same, "text", "text", interpretation="default"), "interpretation=… has no"),
    "a deep link": (lambda: gr.Interface(same, "text", "text", deep_link=True), "deep_link=True has no effect"),
    "a waveform's controls": (lambda: any_gr.WaveformOptions(show_controls=False), "show_controls=… has no effect"),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_gradio_warns_of_is_warned_of(name: str) -> None:
    """And what earlier versions had, which it has no more."""
    make, words = WARNED[name]
    with gr.Blocks(), pytest.warns(UserWarning, match=words):
        make()


def echo(message: str, history: list[Any]) -> str:
    """Return what came."""
    return message
