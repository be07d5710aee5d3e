"""What is asked of the apps about listeners."""

from tests.conformance.calls import call

HEARD = (
    "textbox_change", "textbox_input", "textbox_select", "textbox_submit", "textbox_focus", "textbox_blur",
    "textbox_stop", "textbox_copy", "number_change", "number_submit", "slider_release", "checkbox_select",
    "checkboxgroup_select", "radio_input", "dropdown_key_up", "dropdown_blur", "json_change", "label_select",
    "highlightedtext_select", "markdown_copy", "html_click", "code_input", "button_click", "clearbutton_click",
    "colorpicker_submit", "datetime_submit", "timer_tick", "chatbot_like", "chatbot_retry", "chatbot_undo",
    "chatbot_edit", "chatbot_clear", "chatbot_option_select", "chatbot_example_select", "state_change",
    "browserstate_change", "accordion_expand", "accordion_collapse", "sidebar_expand", "sidebar_collapse", "loaded",
)  # fmt: skip

SELECTED = {"index": 1, "value": "b", "selected": True}

CALLS = {
    "every": [call(name) for name in HEARD],
    "chains": [
        call("may_fail", "good"),
        call("may_fail", "bad"),
        call("then", "x"),
        call("success", "x"),
        call("failure", "x"),
        call("lambda"),
        call("lambda", "x", deviates="extra-arguments"),
        call("lambda_1", "x"),
        call("slow", 3),
        call("stopped"),
        call("on_both", "x"),
        call("on_any", "x", 2),
        call("decorated", "four"),
        call("lambda_2"),
    ],
    "names": [
        *(
            call(name, 4)
            for name in (
                "double", "double_1", "double_2", "with space", "documented", "undescribed", "lambda", "lambda_1",
                "method", "instance", "prepared", "double_3", "hidden", "secret", "nowhere",
            )
        ),
        call("scripted", 4, deviates="scripts-are-no-endpoints"),
        call("with_reserved", "a", "b"),
    ],
    "event_data": [
        call("selected", event_data=SELECTED),
        call("selected", event_data={"index": [0, 1], "value": ["x"]}),
        call("liked", event_data={"index": 2, "value": "so", "liked": False}),
        call("liked", event_data={"index": [1, 0], "value": "so", "liked": True}),
        call("retried", event_data={"index": 1, "value": "again"}),
        call("undone", event_data={"index": 1, "value": "back"}),
        call("edited", event_data={"index": 1, "previous_value": "old", "value": "new"}),
        call("typed", event_data={"key": "a", "input_value": "ab"}),
        call("copied", event_data={"value": "text"}, deviates="json-wording"),
        call("copied", event_data={"value": ["text"]}),
        call("any_event", "n", event_data={"what": ["ever"]}),
        call("any_event", "n"),
        call("row", event_data={**SELECTED, "row_value": ["r"], "col_value": ["c"]}),
        call("row", event_data=SELECTED),
        call("selected", deviates="refusals-name-the-input"),
    ],
}  # fmt: skip
