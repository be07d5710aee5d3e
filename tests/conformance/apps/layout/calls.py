"""What is asked of the apps about layout and of apps made of apps."""

from tests.conformance.calls import call

CALLS = {
    "nested": [
        call("shout", "a"),
        call("predict", "A"),
        call("whisper", "B"),
        call("both", "text", 3),
    ],
    "tabbed": [
        call("hello", "Ann"),
        call("bye", "Bob", True),
        call("total", 1, 2),
        call("total", 1, deviates="own-exceptions"),
    ],
    "lambdas": [
        call("lambda", "Ann"),
        call("lambda_2", "Bob"),
        call("lambda_2_1", "chat"),
        call("lambda_1_3", "in"),
        call("lambda_5_1", "in", "word"),
        call("lambda_22", "after"),
    ],
    "examples": [
        call("join", "a", 1),
        call("sample", 1),
        call("sample", 0),
        call("place", 1),
        call("load_example", 0, deviates="example-rows"),
        call("load_example_1", 0, deviates="example-rows"),
        call("load_example_2", 1, deviates="example-rows"),
    ],
    "cached": [
        call("join", "a", 1),
        call("load_example", 0),
        call("load_example", 1),
        call("named", 1),
        call("grown", 0),
        call("both", 1),
        call("load_example_input", 1),
        call("load_example_input_1", 0),
        call("long", 0, deviates="example-rows"),
    ],
    "render": [
        call("look"),
        call("add", "two"),
        call("look"),
        call("look", session="B"),
    ],
    "interfaces": [
        call("greet", "Ann", 2, True),
        call("greet", "Ann", deviates="refusals-name-the-input"),
        call("more", "Ann", 1, False),
        call("more", "Ann", deviates="own-exceptions"),
        call("now"),
        call("out", "x"),
        call("swap", "a", 1),
        call("live", "abc"),
        call("stream", 3),
        call("unified", "x"),
        call("batched", "x"),
        call("hidden", "x"),
    ],
}
