"""What is asked of the chats."""

from tests.conformance.calls import File, call

SAID = [
    {"role": "user", "content": "hi"},
    {"role": "assistant", "content": "HI", "metadata": {"title": "T"}, "options": [{"value": "o"}]},
]
SENT = [
    {"role": "user", "content": [{"type": "text", "text": "hi"}]},
    {"role": "assistant", "content": [{"type": "text", "text": "HI"}], "metadata": None, "options": None},
]

SHOWN = [
    {
        "role": "assistant",
        "content": [
            {
                "type": "component",
                "component": name,
                "value": value,
                "constructor_args": {"label": "L"},
                "props": {"label": "L", "visible": True, "name": name, "value": value},
            }
            for name, value in (("json", {"a": [1]}), ("textbox", "said"))
        ],
    },
    {"role": "user", "content": [{"type": "text", "text": "hm"}]},
]

REFUSAL = "refusals-name-the-input"

CALLS = {
    "echo": [
        *(call("echo", named={"message": f"turn {turn}"}) for turn in range(50)),  # in Python alone, for time
        *(call("echo", f"turn {turn}") for turn in range(3)),
        call("echo", "other", session="B"),
        call("echo", ""),
        call("echo", deviates=REFUSAL),
    ],
    "streaming": [
        call("chat", "one two three"),
        call("chat", "count"),
        call("chat", "one fail two"),
        call("chat", "count", deviates="failed-turns-leave-nothing"),
        call("chat", ""),
        call("chat", "count", session="B"),
    ],
    "system_prompt": [
        call("answer", "hi", "Be short.", 6),
        call("answer", "there", deviates=REFUSAL),
        call("answer", "named", named={"most": 3}),
        call("answer", "again", "System.", 50),
    ],
    "async_chat": [
        call("whole", "hi"),
        call("stream", "hello"),
        call("whole", "there"),
    ],
    "answers": [
        *(call("answer", kind) for kind in ("dict", "message", "options", "list", "error")),
        call("answer", "component", deviates="chat-answers-are-messages"),
        call("answer", "none", deviates="own-exceptions"),
        call("answer", "number", deviates="own-exceptions"),
        call("answer", "what"),
    ],
    "additional_outputs": [
        call("answer", "one"),
        call("answer", "two"),
        call("answer", "update"),
        call("answer", "three"),
    ],
    "save_history": [call("reply", "one"), call("reply", "two"), call("reply", "three", session="B")],
    "multimodal": [
        call("echo", {"text": "look", "files": [File("a.txt", "a")]}),
        call("echo", {"text": "only text", "files": []}),
        call("echo", {"text": "two", "files": [File("b.txt", "b"), File("c.txt", "c")]}),
    ],
    "own": [
        call("user", "hi", []),
        call("user", "again", SENT),
        call("bot", SENT[:1]),
        call("bot", SAID[:1], deviates=REFUSAL),
        call("kept", "one"),
        call("kept", "two"),
        call("retry", SENT, event_data={"index": 1, "value": "HI"}),
        call("undo", SENT, event_data={"index": 0, "value": "hi"}),
        call("like", event_data={"index": 1, "value": "HI", "liked": True}),
        call("edit", SENT, event_data={"index": 0, "previous_value": "hi", "value": "ho"}),
        call("cleared"),
        call("bot", [{"role": "user"}], deviates=REFUSAL),
        call("bot", "no list", deviates=REFUSAL),
    ],
}

CALLS["parts"] = [call("tell", SHOWN), call("again", SHOWN)]

INFO = {
    "parts": ("schemas-without-prose",),
    "multimodal": ("schemas-without-prose",),
    "own": ("schemas-without-prose",),
}
