"""What is special of some components."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapter.app.blocks import Blocks
from adapter.components.button import Button, ClearButton
from adapter.components.choice import CheckboxGroup, Dropdown, Radio
from adapter.components.code import Code
from adapter.components.data import JSON
from adapter.components.dataset import Dataset
from adapter.components.date_time import DateTime
from adapter.components.highlighted_text import HighlightedText
from adapter.components.html import HTML
from adapter.components.number import Number, Slider
from adapter.components.state import State
from adapter.components.text import InputHTMLAttributes, Markdown, Textbox
from adapter.components.updates import outgoing, update
from adapter.errors import ConfigurationError, InvalidInput
from adapter.files import StoredFile
from adapter.files.published import published, read

# -- text -----------------------------------------------------------------------------------------


def test_html_attributes_are_props() -> None:
    """A textbox's HTML attributes stand in the config, as an object."""
    props = Textbox(html_attributes=InputHTMLAttributes(spellcheck=False)).config()["props"]

    assert props["html_attributes"]["spellcheck"] is False
    assert props["html_attributes"]["lang"] is None


def test_passwords_have_one_line() -> None:
    """More lines for a password are warned of and not made."""
    with pytest.warns(UserWarning, match="'password' has one line"):
        textbox = Textbox(type="password", lines=3, max_lines=5)

    assert (textbox.lines, textbox.max_lines) == (1, 1)


def test_markdown_shows_other_values_as_text() -> None:
    """A number as Markdown is its digits."""
    assert Markdown().postprocess(3) == "3"


# -- numbers --------------------------------------------------------------------------------------


def test_limits_are_named() -> None:
    """A number outside its limits is refused with the limit, the value and the label."""
    score = Number(minimum=0, maximum=10, label="Score")

    with pytest.raises(InvalidInput, match="Value 11 of 'Score' is greater than maximum value 10"):
        score.preprocess(11)
    with pytest.raises(InvalidInput, match=r"Value -0\.5 of 'Score' is less than minimum value 0"):
        score.preprocess(-0.5)


def test_random_sliders_start_at_one_of_their_places() -> None:
    """A random slider starts anywhere on its steps, anew at every load."""
    slider = Slider(0, 1, step=0.1, randomize=True)
    places = {slider.get_random_value() for _ in range(500)}

    assert places == {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}
    assert slider.value in places
    assert slider.load_fn == slider.get_random_value


@pytest.mark.parametrize(("ends", "step"), [((0, 100), 1), ((0, 1), 0.01), ((0, 10_000), 100), ((-5, 5), 0.1)])
def test_slider_steps(ends: tuple[int, int], step: float) -> None:
    """A slider's step is a power of ten, about a hundredth of its range."""
    assert Slider(*ends).step == step


def test_sliders_need_room() -> None:
    """A slider whose ends are the same is refused."""
    with pytest.raises(ValueError, match="minimum is 3 and its maximum 3"):
        Slider(3, 3)


# -- choices --------------------------------------------------------------------------------------


def test_choices_are_compared_as_json() -> None:
    """A number that came as 1.0 is the choice 1; true is not."""
    radio = Radio([1, 2])

    assert radio.preprocess(1.0) == 1
    with pytest.raises(InvalidInput):
        radio.preprocess(True)


def test_long_lists_are_not_printed_whole() -> None:
    """An error names the first choices only."""
    with pytest.raises(InvalidInput) as refused:
        Dropdown([f"choice {n}" for n in range(1000)]).preprocess("none")

    assert len(str(refused.value)) < 500


def test_custom_values_have_no_index() -> None:
    """A typed value has no place in the list: its index is None."""
    dropdown = Dropdown(["a"], allow_custom_value=True, type="index", multiselect=True)

    assert dropdown.preprocess(["a", "mine"]) == [0, None]


def test_doubtful_dropdowns_are_warned_of() -> None:
    """A value that is no choice, and options without effect, are warned of."""
    with pytest.warns(UserWarning, match="'b' of 'Letter' is not among its choices"):
        Dropdown(["a"], value="b", label="Letter")
    with pytest.warns(UserWarning, match="no effect without multiselect"):
        Dropdown(["a"], max_choices=2)
    with pytest.warns(UserWarning, match="filterable=False is ignored"):
        Dropdown(["a"], allow_custom_value=True, filterable=False)


@pytest.mark.parametrize("kind", [CheckboxGroup, Radio, Dropdown])
def test_types_of_choices(kind: Any) -> None:
    """A type other than value and index is refused."""
    with pytest.raises(ValueError, match="it must be 'value' or 'index'"):
        kind(["a"], type="name")


# -- buttons --------------------------------------------------------------------------------------


def test_icons_are_files_of_the_app_or_addresses(tmp_path: Path) -> None:
    """A button's icon is published with the page, also one at an address."""
    (tmp_path / "icon.png").write_bytes(b"picture")
    icon = Button(icon=tmp_path / "icon.png").config()["props"]["icon"]

    assert read(icon["path"], most_bytes=10) == StoredFile("icon.png", b"picture")
    assert published(Button(icon="https://example.org/i.png").config()["props"]["icon"]["path"]) is not None


def test_toolbars_take_buttons_off_the_page() -> None:
    """A Button in another's corner leaves the page and stands in that one's props, with its id."""
    with Blocks() as demo:
        mine = Button("Mine")
        shown = JSON(buttons=["copy", mine])

    assert demo.children == [shown]
    name, described = shown.config()["props"]["buttons"]
    assert name == "copy"
    assert (described["id"], described["value"]) == (mine.id, "Mine")


def test_clear_buttons_empty_on_the_page() -> None:
    """A ClearButton is a listener of the page alone, whose script is the emptied values as JSON."""
    with Blocks() as demo:
        inputs = [Textbox(), CheckboxGroup(["a"]), Slider(1, 5)]
        ClearButton(inputs)

    listener = demo.listeners[0]
    assert listener.endpoint is None
    assert listener.outputs == inputs
    assert listener.options.js is not None
    assert json.loads(listener.options.js.removeprefix("() => ")) == [None, [], 1]


def test_clear_buttons_set_states_back() -> None:
    """States among the components are set back by a function, to a new first value."""
    with Blocks() as demo:
        state = State([])
        button = ClearButton()
        button.add(state)

    endpoint = demo.listeners[1].endpoint
    assert endpoint is not None
    assert endpoint.fn() == []
    assert endpoint.fn() is not endpoint.fn()


# -- listeners ------------------------------------------------------------------------------------


def test_listeners_need_a_page() -> None:
    """Listening outside a Blocks says what to do."""
    with pytest.raises(ConfigurationError, match=r"Button\.click\(\) is called outside a Blocks"):
        Button(render=False).click(print)


def test_listeners_as_decorators() -> None:
    """Without a function a listener is a decorator, which leaves the function as it is."""
    with Blocks() as demo:
        button = Button()

        @button.click(inputs=None, outputs=button)
        def press() -> str:
            return "pressed"

    assert press() == "pressed"
    assert demo.listeners[0].targets == [(button, "click")]
    assert demo.listeners[0].api_name == "press"


def test_select_makes_selectable() -> None:
    """The page is told which components' selections are listened to."""
    with Blocks():
        heard, unheard = Textbox(), Textbox()
        heard.select(lambda: None, None, None)

    assert heard.config()["props"]["_selectable"] is True
    assert unheard.config()["props"]["_selectable"] is False


# -- datasets -------------------------------------------------------------------------------------


def test_headers_are_labels() -> None:
    """A dataset's columns are headed by its components' labels, if any has one."""
    components = [Textbox(label="Name", render=False), Number(render=False)]

    assert Dataset(components=components).headers == ["Name", ""]
    assert Dataset(components=["textbox"]).headers == []


def test_samples_are_found_by_value() -> None:
    """A row of values stands for its index; one that is none of the samples for nothing."""
    dataset = Dataset(components=["textbox"], samples=[["a"], ["b"]])

    assert [dataset.postprocess(value) for value in (["b"], ["c"])] == [1, None]
    with pytest.raises(TypeError, match="takes the index of a sample"):
        dataset.postprocess("a")


# -- moments --------------------------------------------------------------------------------------


def test_now_is_understood() -> None:
    """A visitor may write now, and how long before."""
    clock = DateTime(type="datetime", timezone="UTC")
    before = datetime.now(UTC) - timedelta(minutes=5, seconds=1)

    moment = clock.preprocess("now - 5m")
    assert isinstance(moment, datetime)
    assert before < moment < before + timedelta(seconds=30)
    assert DateTime(type="string", include_time=False, timezone="UTC").preprocess("now - 3d") is not None


def test_zones_count() -> None:
    """A moment is read and shown in the component's zone."""
    zurich = DateTime(timezone="Europe/Zurich")

    assert zurich.preprocess("2020-10-01 07:20:15") == 1601529615
    assert zurich.postprocess(1601529615) == "2020-10-01 07:20:15"
    assert zurich.postprocess(datetime(2020, 10, 1, 5, tzinfo=UTC)) == "2020-10-01 05:00:00"


# -- code, HTML, marked text ----------------------------------------------------------------------


def test_languages_are_known() -> None:
    """Code in a language that the page does not know is refused."""
    with pytest.raises(ValueError, match="'cobol'"):
        Code(language="cobol")


def test_the_functions_of_html_are_named_in_its_config() -> None:
    """The page offers them to its script; without any, nothing is said of them."""
    assert HTML(server_functions=[print, len]).config()["props"]["server_fns"] == ["print", "len"]
    assert "server_fns" not in HTML().config()["props"]


def test_html_has_events_of_its_own() -> None:
    """What stands in quotes in its script is one; anything else is no attribute."""
    html = HTML(js_on_load="trigger('added', {}); trigger(`gone`)")

    assert (html.added.event, html.gone.event) == ("added", "gone")
    with pytest.raises(AttributeError, match=r"'trigger'.*quotes in js_on_load"):
        _ = html.trigger


def test_html_names_the_scripts_that_it_has() -> None:
    """A template is one, and a script; Gradio's defaults need none."""
    plain, template = HTML("x"), HTML("x", html_template="<p>{{value}}${color}</p>", color="red")
    both = HTML("x", css_template="p {}", js_on_load="trigger('click')", head="<style>p {}</style>")

    own = {"script", "on_load", "head"}
    assert [own & one.config().keys() for one in (plain, template, both)] == [set(), {"script"}, own]
    assert template.config()["props"]["props"] == {"color": "red"}
    assert outgoing(template, update(color="blue", visible=False)) == {
        "__type__": "update",
        "visible": False,
        "props": {"color": "blue"},
    }


@pytest.mark.parametrize("value", [3, ["abc"], [("a", "b", "c")], {"text": "a"}])
def test_marked_text_has_two_forms(value: Any) -> None:
    """Anything but pairs, or text and entities, is a TypeError that names the component."""
    with pytest.raises(TypeError, match="'Parts' shows pairs"):
        HighlightedText(label="Parts").postprocess(value)
