"""What happens on the events of a page, as its config says."""

from __future__ import annotations

from typing import Any

import pytest

import adapter as gr
from adapter.app.listener import Dependency
from adapter.errors import ConfigurationError, NotAvailable


def same(text: str) -> str:
    """Give it back."""
    return text


def dependencies(demo: gr.Blocks) -> list[dict[str, Any]]:
    """Return the listeners of the config."""
    found: list[dict[str, Any]] = demo.get_config_file()["dependencies"]
    return found


def test_on_listens_to_several_events() -> None:
    """One listener and one endpoint, whichever of the events happens; the page's own among them."""
    with gr.Blocks() as demo:
        text, button = gr.Textbox(), gr.Button()
        gr.on([button.click, text.submit, demo.load], same, text, text)
    [one] = dependencies(demo)
    assert one["targets"] == [[button.id, "click"], [text.id, "submit"], [None, "load"]]
    assert (one["api_name"], one["trigger_mode"]) == ("same", "once")


def test_on_without_triggers_listens_to_its_inputs() -> None:
    """Every change of an input runs it, and the opening of the page."""
    with gr.Blocks() as demo:
        text, state = gr.Textbox(), gr.State(1)
        gr.on(fn=lambda a, b: a, inputs=[text, state], outputs=text)
    [one] = dependencies(demo)
    assert one["targets"] == [[text.id, "change"], [state.id, "change"], [None, "load"]]
    assert one["trigger_mode"] == "always_last"


def test_listeners_are_decorators() -> None:
    """Without a function they wait for one, and the function stays as it is."""
    with gr.Blocks() as demo:
        text, button = gr.Textbox(), gr.Button()

        @button.click(inputs=text, outputs=text)
        def clicked(value: str) -> str:
            return value

        @gr.on([text.change], inputs=text, outputs=text, api_name="other")
        def changed(value: str) -> str:
            return value

        @demo.load
        def loaded() -> None: ...

    assert [one["api_name"] for one in dependencies(demo)] == ["clicked", "other", "loaded"]
    assert clicked("a") == "a"


@pytest.mark.parametrize(
    ("event", "mode", "shown"),
    [("change", "always_last", "full"), ("input", "once", "full"), ("tick", "once", "hidden")],
)
def test_what_an_event_says_by_itself(event: str, mode: str, shown: str) -> None:
    """A change is followed by the last one that came meanwhile; a tick shows no progress."""
    with gr.Blocks() as demo:
        block = gr.Timer() if event == "tick" else gr.Textbox()
        getattr(block, event)(same, block, block)
        getattr(block, event)(same, block, block, trigger_mode="multiple", show_progress="minimal")
    assert [(one["trigger_mode"], one["show_progress"]) for one in dependencies(demo)] == [
        (mode, shown),
        ("multiple", "minimal"),
    ]


@pytest.mark.parametrize(("given", "shown"), [(True, "full"), (False, "hidden"), (None, None), ("some", "some")])
def test_progress_is_shown_as_gradio_takes_it(given: Any, shown: Any) -> None:
    """``show_progress`` may be told by a truth value; what Gradio does not check is passed on to the page."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(same, text, text, show_progress=given)
    gr.Interface(same, "textbox", "textbox", show_progress=given)
    assert [one["show_progress"] for one in dependencies(demo)] == [shown]


@pytest.mark.parametrize("given", [True, None, "open", 1])
def test_an_unknown_visibility_is_not_documented(given: Any) -> None:
    """As in Gradio, the API documents only what is public."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(same, text, text, api_visibility=given)
    assert (dependencies(demo)[0]["api_visibility"], demo.get_api_info()["named_endpoints"]) == (given, {})


def test_a_script_needs_no_function() -> None:
    """Whether ``fn=None`` is said or not, it is one listener, which others may follow."""
    with gr.Blocks() as demo:
        buttons = [gr.Button() for _ in range(4)]
        buttons[0].click(js="() => 1", fn=None)
        buttons[1].click(js="() => 1")
        alone: Any = gr.on([buttons[2].click], js="() => 1")
        alone.then(js="() => 2")
        demo.load(js="() => 1")
    found = [(one["backend_fn"], one["js"]) for one in dependencies(demo)]
    assert found == [(False, "() => 1"), (False, "() => 1"), (False, "() => 1"), (False, "() => 2"), (False, "() => 1")]


def test_a_script_may_go_before_a_decorated_function() -> None:
    """It is one listener then, with both; a listener that has its function is no decorator."""
    with gr.Blocks() as demo:
        text = gr.Textbox()

        @text.change(js="(a) => a", inputs=text, outputs=text)
        def changed(value: str) -> str:
            return value

        done = text.submit(same, text, text)
        with pytest.raises(TypeError, match="no decorator"):
            done(same)
    assert changed("a") == "a"
    assert [(one["backend_fn"], one["js"], one["api_name"]) for one in dependencies(demo)] == [
        (True, "(a) => a", "changed"),
        (True, None, "same"),
    ]


def test_cancels_ends_what_others_run() -> None:
    """It is a listener of its own, beside the function's if there is one."""
    with gr.Blocks() as demo:
        text, button = gr.Textbox(), gr.Button()
        first = text.submit(same, text, text)
        second = first.then(same, text, text)
        button.click(None, cancels=[first, [second]])
        button.click(same, text, text, cancels=first)
    found = [(one["backend_fn"], one["cancels"], one["types"]["cancel"]) for one in dependencies(demo)[2:]]
    assert found == [(False, [0, 1], True), (True, [], False), (False, [0], True)]


def test_chains_tell_what_they_follow() -> None:
    """Each link names the one before, and whether it must have worked."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.submit(same, text, text).then(same, text, text).success(same, text, text).failure(same, text, text)
    found = [
        (one["targets"], one["trigger_after"], one["trigger_only_on_success"], one["trigger_only_on_failure"])
        for one in dependencies(demo)[1:]
    ]
    assert found == [
        ([[None, "then"]], 0, False, False),
        ([[None, "success"]], 1, True, False),
        ([[None, "failure"]], 2, False, True),
    ]


def test_sets_have_the_order_of_the_page() -> None:
    """Python's own order of a set differs from process to process; callers need one."""
    with gr.Blocks() as demo:
        boxes = [gr.Textbox() for _ in range(20)]
        gr.on(boxes[0].change, lambda given: given, set(boxes), set(boxes))
    [one] = dependencies(demo)
    assert one["inputs"] == one["outputs"] == [box.id for box in boxes]


def test_a_page_may_wait_elsewhere() -> None:
    """``show_progress_on`` names components; the page gets their ids."""
    with gr.Blocks() as demo:
        text, other = gr.Textbox(), gr.Textbox()
        text.change(same, text, text, show_progress_on=other, time_limit=3, stream_every=1)
    [one] = dependencies(demo)
    assert (one["show_progress_on"], one["time_limit"], one["stream_every"]) == ([other.id], 3, 1)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"trigger_mode": "twice"}, ConfigurationError, "trigger_mode is 'twice'; use one of 'once', 'multiple'"),
        ({"concurrency": "no"}, ConfigurationError, "concurrency is 'no'; use one of rerun"),
        ({"cancels": [3]}, ConfigurationError, "cancels has 3; give it what a listener's method returned"),
        ({"preprocess": False}, NotAvailable, "preprocess=False, which the adapter does not have"),
        ({"postprocess": False}, NotAvailable, "postprocess=False"),
        ({"colour": "red"}, NotAvailable, "colour='red'"),
    ],
)
def test_options_that_are_not_there_say_so(options: dict[str, Any], error: type[Exception], words: str) -> None:
    """When the app is built, by name and value."""
    with gr.Blocks():
        text = gr.Textbox()
        with pytest.raises(error, match=words.replace("[", r"\[")):
            text.change(same, text, text, **options)


def test_a_function_that_may_run_in_the_page_runs_in_a_call() -> None:
    """``js=True`` asks Gradio to translate the function for the browser; the answer is the same."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(same, text, text, js=True)
    [one] = dependencies(demo)
    assert (one["js"], one["backend_fn"], one["queue"]) == (None, True, True)


def test_gradios_tuning_is_taken() -> None:
    """What tunes a queue that is not here changes nothing."""
    with gr.Blocks():
        text = gr.Textbox()
        found = text.change(same, text, text, concurrency_limit=3, concurrency_id="x", key="k", queue=False)
    assert isinstance(found, Dependency)


def test_on_needs_a_page_and_triggers() -> None:
    """What is no trigger is named."""
    with pytest.raises(ConfigurationError, match="outside a Blocks context"):
        gr.on(fn=same)
    with gr.Blocks(), pytest.raises(ConfigurationError, match="'click' is no trigger"):
        gr.on(["click"], same)


def test_leaving_the_page_is_taken_and_private() -> None:
    """No environment is told of it; the script runs all the same."""
    with gr.Blocks() as demo:
        demo.unload(lambda: None)
    [one] = dependencies(demo)
    assert (one["targets"], one["api_visibility"]) == ([[None, "unload"]], "private")


def test_a_select_listener_lets_the_page_offer_it() -> None:
    """Also when it comes by ``on``."""
    with gr.Blocks():
        choice = gr.Dropdown(["a"])
        gr.on(choice.select, same, choice, choice)
    assert choice.props()["_selectable"] is True
