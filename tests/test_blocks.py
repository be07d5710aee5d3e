"""Pages of one's own."""

from __future__ import annotations

import adapter as gr


def test_a_callable_value_is_asked_anew() -> None:
    """When the page is opened, when an input changes, and when its time has come."""
    with gr.Blocks() as demo:
        choice = gr.Dropdown(["a", "b"])
        gr.Textbox(lambda: "x")
        gr.Textbox(lambda given: given, inputs=choice, every=3)
        timer = gr.Timer(2)
        gr.Textbox(lambda: "y", every=timer)
    found = demo.get_config_file()
    types = {one["id"]: one["type"] for one in found["components"]}
    targets = [[(types.get(block), event) for block, event in one["targets"]] for one in found["dependencies"]]
    assert targets == [
        [(None, "load")],
        [("dropdown", "change"), ("timer", "tick"), (None, "load")],
        [("timer", "tick"), (None, "load")],
    ]
    assert [one["show_progress"] for one in found["dependencies"]] == ["full", "hidden", "hidden"]
    assert found["dependencies"][2]["targets"][0] == [timer.id, "tick"]
    assert [one["props"]["value"] for one in found["components"] if one["type"] == "timer"] == [2, 3]


def test_a_page_tells_what_it_is() -> None:
    """Its config and its API, as the routes do; also of what is not documented, if asked."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(lambda a: a, text, text, api_name="shown")
        text.change(lambda a: a, text, text, api_name="hidden", api_visibility="undocumented")
    assert demo.get_config_file()["mode"] == "blocks"
    assert list(demo.get_api_info()["named_endpoints"]) == ["/shown"]
    assert list(demo.get_api_info(all_endpoints=True)["named_endpoints"]) == ["/shown", "/hidden"]
