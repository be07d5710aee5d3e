"""An Interface: Gradio's arguments, and what becomes of them."""

# ruff: noqa: D103 - the functions under test have no docstrings, which would stand in the API

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import adapter as gr
from adapter.compat.warnings import AppWarning
from adapter.errors import ConfigurationError, NotAvailable
from adapter.gradio_api.config import config
from adapter.settings import Settings
from tests.support.http import Door


def served(demo: gr.Blocks) -> Door:
    """Return an environment of the app, over a store in memory."""
    return Door(gr.handler(demo, settings=Settings()))


def echo(text: str) -> str:
    return text


def shown(demo: gr.Blocks, kind: str) -> list[dict[str, Any]]:
    """Return the props of the page's components of one kind, in order."""
    return [one["props"] for one in config(demo)["components"] if one["type"] == kind]


# -- components ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "types"),
    [
        ("textbox", ["textbox"]),
        ("text", ["textbox"]),
        (["textbox"], ["textbox"]),
        (("number", "slider"), ["number", "slider"]),
        (gr.Number(), ["number"]),
        ([gr.Checkbox(), "json"], ["checkbox", "json"]),
        (["TextBox", "textarea"], ["textbox", "textbox"]),
        (None, []),
        ([], []),
    ],
    ids=str,
)
def test_inputs_are_components_or_their_names(inputs: Any, types: list[str]) -> None:
    """One or several, by name in any case, or made."""
    demo = gr.Interface(lambda *values: None, inputs, None)
    assert [one.TYPE for one in demo.input_components] == types


def test_an_unknown_name_is_told() -> None:
    """A string that names no component is an error when the page is built."""
    with pytest.raises(Exception, match="teleporter"):
        gr.Interface(echo, "teleporter", "textbox")


def test_labels_are_the_parameters_names() -> None:
    """A component without a label has its parameter's name; outputs are counted where there are several."""

    def fn(first: str, second: float) -> tuple[str, str]:
        return first, first

    demo = gr.Interface(fn, ["textbox", gr.Number(label="Mine")], ["textbox", gr.Textbox(label="Other")])
    assert [one.label for one in demo.input_components] == ["first", "Mine"]
    assert [one.label for one in demo.output_components] == ["output 0", "Other"]
    assert gr.Interface(echo, "textbox", "textbox").output_components[0].label == "output"


def test_outputs_are_not_for_typing() -> None:
    """An output is shown, not edited, unless it is said or it is an input too."""
    demo = gr.Interface(lambda x: (x, x), "textbox", ["textbox", gr.Textbox(interactive=True)])
    assert [one.interactive for one in demo.output_components] == [False, True]

    box = gr.Textbox()
    unified = gr.Interface(echo, box, box)
    assert box.interactive is None
    assert len(shown(unified, "textbox")) == 1
    assert served(unified).run("a", api="echo").data == ["a"]


@pytest.mark.parametrize(("inputs", "consequence"), [([], "a, b will be None"), (["textbox"] * 3, "calls will fail")])
def test_inputs_that_do_not_fit_are_warned_of(inputs: list[str], consequence: str) -> None:
    """Too few or too many are told when the page is built, with the function's parameters."""

    def fn(a: str, b: str) -> str:
        return f"{a} {b}"

    with pytest.warns(AppWarning, match=rf"fn takes 2 inputs \(a, b\) and is given {len(inputs)}; .*{consequence}"):
        gr.Interface(fn, inputs, "textbox")


@pytest.mark.parametrize(
    ("fn", "inputs", "answer"),
    [
        (lambda _: "a", None, "a"),
        (lambda a, b: f"{a} {b}", "text", "x None"),
        (lambda a, b, c=3: f"{a} {b} {c}", "text", "x None 3"),
        (lambda a, b=2: f"{a} {b}", None, "None 2"),
    ],
)
def test_a_missing_input_is_none(fn: Any, inputs: Any, answer: str) -> None:
    """As in Gradio the call answers; what has a default keeps it."""
    with pytest.warns(AppWarning, match="will be None"):
        demo = gr.Interface(fn, inputs, "text", api_name="fn")
    assert served(demo).run(*["x"] * len(demo.input_components), api="fn").data == [answer]


def test_a_missing_input_leaves_the_others_in_their_places() -> None:
    """What the adapter fills in comes where the function has it."""

    def fn(a: str, request: gr.Request, b: str, c: str = "c") -> str:
        return f"{a} {type(request).__name__} {b} {c}"

    with pytest.warns(AppWarning, match="b will be None"):
        demo = gr.Interface(fn, "text", "text", api_name="fn")
    assert served(demo).run("x", api="fn").data == ["x Request None c"]


# -- State --------------------------------------------------------------------------------------


def remember(word: str, words: list[str] = ["start"]) -> tuple[list[str], list[str]]:  # noqa: B006 - the default under test
    return [*words, word], [*words, word]


def count(step: float, total: float = 10) -> tuple[float, float]:
    return total + step, total + step


def test_the_state_shorthand_takes_the_functions_default() -> None:
    """``"state"`` starts from its parameter's default, which every session has for itself."""
    door = served(gr.Interface(remember, ["textbox", "state"], ["json", "state"]))

    assert door.run("a", api="remember", session="ann").data[0] == ["start", "a"]
    assert door.run("b", api="remember", session="ann").data[0] == ["start", "a", "b"]
    assert door.run("c", api="remember", session="bob").data[0] == ["start", "c"]
    assert remember.__defaults__ == (["start"],)


@pytest.mark.parametrize("shorthand", ["state", "State", "STATE"])
def test_the_shorthand_in_any_case(shorthand: str) -> None:
    """And in any place among the inputs."""
    door = served(gr.Interface(lambda s=1, x=0: (s + x, s + x), [shorthand, "number"], ["number", shorthand]))
    assert [door.run(5, api="lambda", session="ann").data[0] for _ in range(2)] == [6, 11]


def test_without_a_default_a_state_starts_from_none() -> None:
    """As in Gradio."""
    door = served(gr.Interface(lambda x, s: (str(s), x), ["textbox", "state"], ["textbox", "state"]))
    assert [door.run("a", api="lambda", session="ann").data[0] for _ in range(2)] == ["None", "a"]


def test_a_states_own_value_counts() -> None:
    """A State's value is the start, a callable's result is made once per session; a second State out is the first."""
    made: list[int] = []

    def start() -> list[int]:
        made.append(1)
        return [len(made)]

    demo = gr.Interface(lambda x, s: (s, [*s, x]), ["number", gr.State(start)], ["json", gr.State("not this one")])
    door = served(demo)

    assert [door.run(9, api="lambda", session="ann").data[0] for _ in range(2)] == [[1], [1, 9]]
    assert door.run(9, api="lambda", session="bob").data[0] == [2]
    assert len(demo.states) == 1


def test_a_state_may_go_in_and_not_come_out() -> None:
    """What a function changes in place is kept without being returned."""

    def add(word: str, words: list[str]) -> str:
        words.append(word)
        return " ".join(words)

    door = served(gr.Interface(add, ["textbox", gr.State([])], "textbox"))
    assert [door.run(word, api="add", session="ann").data[0] for word in "ab"] == ["a", "a b"]


@pytest.mark.parametrize(
    ("inputs", "outputs", "side"),
    [
        (["textbox", "state", "state"], ["textbox", "state"], "inputs"),
        (["textbox", gr.State(), "state"], ["textbox", "state"], "inputs"),
        (["textbox", "state", "textbox"], ["state", "state"], "outputs"),
    ],
)
def test_more_than_one_state_points_to_blocks(inputs: Any, outputs: Any, side: str) -> None:
    """The error says which side, how many, and what to use."""
    with pytest.raises(ConfigurationError, match=f"at most one State among its {side}, and got 2; use Blocks"):
        gr.Interface(lambda a, b, c: None, inputs, outputs)


def test_a_state_that_only_comes_out_points_to_blocks() -> None:
    """An Interface gives back the State that it got."""
    with pytest.raises(ConfigurationError, match="needs it among its inputs too; use Blocks"):
        gr.Interface(echo, "textbox", ["textbox", "state"])


def test_clear_starts_the_state_anew() -> None:
    """The Clear button empties the page's components by itself, and asks the server for the State's start."""
    demo = gr.Interface(count, ["number", "state"], ["number", "state"])
    door = served(demo)
    _, page, state = config(demo)["dependencies"]

    assert page["js"].startswith("() => [null, null")
    assert (page["backend_fn"], state["backend_fn"], page["queue"]) == (False, True, False)
    assert page["targets"] == state["targets"]
    door.run(5, api="count", session="ann")
    door("POST", "/gradio_api/run/x", json={"fn_index": state["id"], "data": [], "session_hash": "ann"})
    assert door.run(1, api="count", session="ann").data[0] == 11


# -- what functions may be ----------------------------------------------------------------------


class Model:
    def predict(self, text: str) -> str:
        return text

    async def later(self, text: str) -> str:
        return text

    def __call__(self, text: str) -> str:
        return text


class Later:
    async def __call__(self, text: str) -> str:
        return text


class Steps:
    def __call__(self, text: str) -> Iterator[str]:
        yield "first"
        yield text


async def later(text: str) -> str:
    return text


def steps(text: str) -> Iterator[str]:
    yield "first"
    yield text


async def steps_later(text: str) -> AsyncIterator[str]:
    yield "first"
    yield text


def with_request(text: str, request: gr.Request) -> str:
    assert isinstance(request, gr.Request)
    return text


FUNCTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "function": (echo, "echo"),
    "lambda": (lambda text: text, "lambda"),
    "coroutine": (later, "later"),
    "generator": (steps, "steps"),
    "async generator": (steps_later, "steps_later"),
    "partial": (functools.partial(lambda mark, text: text, "!"), "partial"),
    "partial coroutine": (functools.partial(later), "partial"),
    "bound method": (Model().predict, "predict"),
    "bound coroutine": (Model().later, "later"),
    "object": (Model(), "Model"),
    "coroutine object": (Later(), "Later"),
    "generator object": (Steps(), "Steps"),
    "builtin": (str, "str"),
    "with a request": (with_request, "with_request"),
}


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_every_kind_of_function_runs(kind: str) -> None:
    """By its own name, plainly and through the queue."""
    fn, name = FUNCTIONS[kind]
    door = served(gr.Interface(fn, "textbox", "textbox"))

    assert door.run("a", api=name).data == ["a"]
    assert door.queue("a")[-2]["output"]["data"] == ["a"]


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_what_yields_has_a_stop_button(kind: str) -> None:
    """And nothing else has one."""
    demo = gr.Interface(FUNCTIONS[kind][0], "textbox", "textbox", stop_btn="Halt")
    assert ("Halt" in [props["value"] for props in shown(demo, "button")]) == ("generator" in kind)


# -- the page -----------------------------------------------------------------------------------


def test_title_description_and_article_are_markdown() -> None:
    """The title also names the browser's tab."""
    demo = gr.Interface(echo, "textbox", "textbox", title="The title", description="Some *text*", article="The end")
    texts = [props["value"] for props in shown(demo, "markdown")]

    assert demo.title == "The title"
    assert "The title" in texts[0]
    assert texts[1:] == ["Some *text*", "The end"]
    assert shown(gr.Interface(echo, "textbox", "textbox"), "markdown") == []


def test_buttons_have_their_labels() -> None:
    """A label or a Button; without Clear there is none."""
    own = gr.Button("Empty", variant="stop")
    demo = gr.Interface(echo, "textbox", "textbox", submit_btn="Go", clear_btn=own)
    assert [(one["value"], one["variant"]) for one in shown(demo, "button")] == [("Empty", "stop"), ("Go", "primary")]
    assert [
        one["value"] for one in shown(gr.Interface(echo, "textbox", "textbox", clear_btn=None), "button")
    ] == ["Submit"]  # fmt: skip


def test_submit_listens_to_the_button_and_the_enter_key() -> None:
    """As in Gradio; several text fields submit by Enter each."""
    demo = gr.Interface(lambda a, b: a, ["textbox", "textbox"], "textbox")
    [listener] = [one for one in demo.listeners if one.is_public]

    assert [(block.TYPE if block else None, event) for block, event in listener.targets] == [
        ("button", "click"), ("textbox", "submit"), ("textbox", "submit")
    ]  # fmt: skip
    assert config(demo)["dependencies"][0]["scroll_to_output"] is True


def test_live_runs_on_every_change() -> None:
    """There is no Submit button, and only the last change of many counts."""
    demo = gr.Interface(lambda a, s: (a, s), ["slider", "state"], ["number", "state"], live=True)
    dependency = config(demo)["dependencies"][0]

    assert [event for _, event in dependency["targets"]] == ["change"]
    assert dependency["trigger_mode"] == "always_last"
    assert [one["value"] for one in shown(demo, "button")] == ["Clear"]


def test_live_without_inputs_runs_when_the_page_opens() -> None:
    """And again by its button."""
    demo = gr.Interface(lambda: "now", None, "textbox", live=True)
    assert [event for _, event in config(demo)["dependencies"][0]["targets"]] == ["load", "click"]


def test_additional_inputs_stand_in_an_accordion() -> None:
    """They are inputs like the others, in their order."""
    demo = gr.Interface(
        lambda a, b, c: f"{a}{b}{c}", "textbox", "textbox", additional_inputs=["textbox", "textbox"]
    )  # fmt: skip
    assert [(one["label"], one["open"]) for one in shown(demo, "accordion")] == [("Additional Inputs", False)]
    assert served(demo).run("a", "b", "c", api="lambda").data == ["abc"]

    named = gr.Interface(lambda a, b: a, "textbox", "textbox", additional_inputs="textbox",
                         additional_inputs_accordion="More")  # fmt: skip
    assert [one["label"] for one in shown(named, "accordion")] == ["More"]
    made = gr.Interface(lambda a, b: a, "textbox", "textbox", additional_inputs="textbox",
                        additional_inputs_accordion=gr.Accordion("Mine", open=False))  # fmt: skip
    assert [(one["label"], one["open"]) for one in shown(made, "accordion")] == [("Mine", False)]


# -- examples -----------------------------------------------------------------------------------


@pytest.mark.parametrize("examples", [["Ann", "Bob"], [["Ann"], ["Bob"]], [("Ann",), ["Bob"]]])
def test_examples_of_one_input(examples: list[Any]) -> None:
    """Rows with or without brackets; a click fills the input in."""
    demo = gr.Interface(echo, "textbox", "textbox", examples=examples)
    assert shown(demo, "dataset")[0]["samples"] == [["Ann"], ["Bob"]]
    assert served(demo).run(1, api="load_example").data == ["Bob"]


def test_examples_of_several_inputs() -> None:
    """State has no place in a row; a short row leaves the rest as it is."""
    demo = gr.Interface(
        lambda a, s, b: (a, s), ["textbox", "state", "number"], ["textbox", "state"],
        examples=[["Ann", 1], ["Bob"]], examples_per_page=1, example_labels=["first", "second"],
    )  # fmt: skip
    [table] = shown(demo, "dataset")

    assert (table["samples_per_page"], table["sample_labels"]) == (1, ["first", "second"])
    door = served(demo)
    assert [door.run(row, api="load_example").data for row in (0, 1)] == [["Ann", 1], ["Bob", {"__type__": "update"}]]


def test_what_a_row_has_too_much_is_left_out() -> None:
    """As in Gradio, whose rows may come from a log with the outputs beside."""
    demo = gr.Interface(lambda a, b: a, ["textbox", "textbox"], "textbox", examples=[["a", "b", "c"]])
    assert demo.examples_handler.examples == [["a", "b"]]


# -- the API ------------------------------------------------------------------------------------


def test_the_endpoints_name() -> None:
    """The function's name, a given one, or none."""
    assert gr.Interface(echo, "textbox", "textbox").listeners[0].api_name == "echo"
    assert gr.Interface(echo, "textbox", "textbox", api_name="other").listeners[0].api_name == "other"
    hidden = gr.Interface(echo, "textbox", "textbox", api_name=False).listeners[0]
    assert (hidden.api_name, hidden.is_public) == ("echo", False)


@pytest.mark.parametrize("visibility", ["private", "undocumented"])
def test_visibility(visibility: Any) -> None:
    """What is not public is not documented."""
    demo = gr.Interface(echo, "textbox", "textbox", api_visibility=visibility)
    assert served(demo).get("/gradio_api/info").json["named_endpoints"] == {}


def test_the_description_is_the_docstring() -> None:
    """Or what is given, or nothing."""

    def greet(name: str) -> str:
        """Say hello."""
        return name

    found = [
        gr.Interface(greet, "textbox", "textbox", api_description=given).listeners[0].description
        for given in (None, "Hello!", False)
    ]
    assert found == ["Say hello.", "Hello!", None]


# -- what there is not --------------------------------------------------------------------------


def test_examples_that_gradio_would_have_run_at_start_run_when_they_are_picked() -> None:
    """With everything that the function takes, State included."""

    def count(text: str, before: int) -> tuple[str, int]:
        return f"{text} {before}", before + 1

    demo = gr.Interface(count, ["textbox", gr.State(3)], ["textbox", gr.State()], examples=["a"], cache_examples=True)
    run = demo.listeners[-1]
    assert run.options.trigger_after == demo.listeners[-2].id
    assert (run.inputs, run.outputs) == (demo.input_components, demo.output_components)
    assert not run.is_public


def test_a_validator_looks_at_the_inputs_first() -> None:
    """As of any listener."""
    demo = gr.Interface(echo, "textbox", "textbox", validator=lambda text: gr.validate(text != "no", "not this"))
    assert served(demo).run("a", api="echo").data == ["a"]
    answer = served(demo).run("no", api="echo")
    assert answer.status == 422
    assert answer.json["detail"][0]["message"] == "not this"


def test_a_function_may_take_batches() -> None:
    """A call is a batch of one."""
    demo = gr.Interface(lambda texts: [[text.upper() for text in texts]], "textbox", "textbox", batch=True)
    assert served(demo).run("a", api="lambda").data == ["A"]


def test_a_pipeline_is_refused() -> None:
    """With what to do instead."""
    with pytest.raises(NotAvailable, match=r"Interface\.from_pipeline\(list\) is not available; write a function"):
        gr.Interface.from_pipeline([])


@pytest.mark.parametrize(
    "options",
    [
        {"flagging_mode": "auto"},
        {"examples": "a/folder"},
        {"no_such_option": 1},
    ],
    ids=str,
)
def test_what_the_adapter_does_not_have_raises_by_name(options: dict[str, Any]) -> None:
    """An option is refused when the page is built, with its name and value, never passed over silently."""
    [(name, value)] = options.items()
    with pytest.raises(NotAvailable, match=f"{name}={value!r}"):
        gr.Interface(echo, "textbox", "textbox", **options)


@pytest.mark.parametrize(
    "options",
    [
        {"flagging_mode": "never"}, {"allow_flagging": "never"}, {"flagging_options": ["a"]},
        {"analytics_enabled": True}, {"concurrency_limit": 5}, {"delete_cache": (1, 1)}, {"cache_examples": True},
        {"batch": False}, {"fill_width": True}, {"theme": "soft"}, {"css": "a {}"}, {"show_progress": "hidden"},
        {"deep_link": None},
    ],
    ids=str,
)  # fmt: skip
def test_options_that_change_nothing_are_taken(options: dict[str, Any]) -> None:
    """Tuning of Gradio's own queue and cache, and what is off."""
    assert served(gr.Interface(echo, "textbox", "textbox", **options)).run("a", api="echo").data == ["a"]


@pytest.mark.parametrize("name", ["flagging_mode", "allow_flagging"])
def test_an_interface_that_asks_for_a_flag_button_works_without(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is what Gradio does unless told otherwise; the log says what to do instead."""
    options: dict[str, Any] = {name: "manual"}
    demo = gr.Interface(echo, "textbox", "textbox", **options)
    assert served(demo).run("a", api="echo").data == ["a"]
    assert "flagging_mode='manual' does nothing" in caplog.text
    assert "GlobalState" in caplog.text


def test_a_wrong_concurrency_is_told() -> None:
    """With the choices there are."""
    with pytest.raises(ConfigurationError, match="concurrency is 'sometimes'; use one of rerun, lease"):
        gr.Interface(echo, "textbox", "textbox", concurrency="sometimes")  # type: ignore[arg-type]


def test_functions_without_names_are_numbered_as_gradio_numbers_them() -> None:
    """Its Interfaces and chats have lambdas of their own, which scripts that name their endpoints count in."""
    apart = [gr.Interface(lambda text: text, "textbox", "textbox") for _ in range(2)]
    chat = gr.ChatInterface(lambda message, history: message)
    with gr.Blocks() as inside:
        gr.Interface(lambda text: text, "textbox", "textbox", flagging_mode="never")
        gr.Interface(lambda text: text, "textbox", "textbox")
        gr.Button().click(lambda: None)
    tabbed = gr.TabbedInterface([*apart, chat])

    assert [one.api_name for one in inside.listeners if one.is_public] == ["lambda", "lambda_1", "lambda_3"]
    assert [one.api_name for one in tabbed.listeners if one.is_public] == ["lambda", "lambda_2", "lambda_2_1"]
