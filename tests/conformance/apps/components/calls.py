"""What is asked of the apps about components."""

from tests.conformance.calls import Call, File, call

REFUSAL = "refusals-name-the-input"
STRICT = "values-are-checked"


def both(name: str, *taken: object, given: tuple[object, ...] = ()) -> list[Call]:
    """Return calls that send values to a component and have values returned to it."""
    return [*(call(f"{name}_in", one) for one in taken), *(call(f"{name}_out", one) for one in given)]


CALLS = {
    "text": [
        *both("textbox", "a", "", None, "x" * 20, given=("b", None, 3, 2.5, True, ["list"], {"a": 1})),
        call("textbox_in", "x" * 21),
        *both("lines", "a\nb", given=("c\nd",)),
        *both("password", "secret", given=("other",)),
        *both("email", "a@b", given=("c@d",)),
        *both("area", "long", given=("longer",)),
        *both("markdown", "# a", None, given=("  # b\n    c", None, "")),
        *both("html", "<i>a</i>", None, given=("<i>b</i>", None)),
        *both("code", "x = 1", None, given=("  y = 2\n", None)),
        *both("button", "a", given=("b", None)),
        *both("color", "#00ff00", None, given=("rgba(1,2,3,1)", None)),
        *(call(f"{name}_skip") for name in ("textbox", "markdown", "code", "button")),
        call("textbox_in", 5),
        call("markdown_in", 5, deviates=STRICT),
    ],
    "numbers": [
        *both("number", 1, 1.5, None, -0.0, given=(1, 1.5, None, "7")),
        *both("whole", 1, 2, None, given=(1.6, None)),
        *both("rounded", 1.234, -5, given=(1.239, 100)),
        call("rounded_in", 6, deviates=REFUSAL),
        call("number_in", "1", deviates=STRICT),
        call("number_in", "one", deviates=STRICT),
        call("number_in", True, deviates=STRICT),
        *both("slider", 0.5, 10, given=(3, None, 11)),
        call("slider_in", 10.5, deviates=REFUSAL),
        *both("whole_slider", 3, given=(2.4,)),
        *both("checkbox", True, False, given=(True, None, 0, "yes")),
        *both("group", [], ["b", "a"], given=(["c"], [], None)),
        *both("group_places", [1, 3.5], given=([2],)),
        *both("radio", "a", None, given=("b", None)),
        *both("radio_pairs", 2, 3.5, given=(1,)),
        *both("radio_places", 2, None, given=(1,)),
        *both("dropdown", "b", None, given=("a", None)),
        *both("none", "b", None, given=(None,)),
        *both("many", ["a", "b"], [], given=(["c"], None, "a")),
        *both("custom", "new", "a", given=("other",)),
        *both("places", 2, 1, given=(3.5,)),
        call("radio_in", "z", deviates=REFUSAL),
        call("dropdown_in", "z", deviates=REFUSAL),
        call("group_in", ["z"], deviates=REFUSAL),
        call("many_in", ["z"], deviates=REFUSAL),
    ],
    "data": [
        *both("json", {"a": [1, None]}, [1], "text", None, given=({"b": 1.0}, [], None, 3, True)),
        *both("label", {"label": "cat"}, None, given=({"a": 0.5, "b": 0.25, "c": 0.25}, "dog", 3, None)),
        *both("plain_label", {"label": "x", "confidences": [{"label": "x", "confidence": 1}]}, given=("y",)),
        *both(
            "highlighted",
            [{"token": "Ann", "class_or_confidence": "P"}],
            None,
            given=([["Bob", "P"], [" ran", None]], {"text": "Bob", "entities": []}, None),
        ),
        *both("adjacent", given=([["a", "x"], ["b", "x"], ["c", None]],)),
        *both("moment", "2026-05-06 07:08:09", None, given=("2026-05-06 07:08:09", 86400, None)),
        call("moment_in", 1000000000, deviates=REFUSAL),
        *both("day", "2026-05-06", given=("2026-05-06",)),
        call("python_day", "2026-05-06 07:08:09"),
        call("python_day", None),
        *(call("returned", kind) for kind in ("nan", "tuple", "nested", "date", "text", "number")),
        call("numbered_keys", deviates="keys-become-texts"),
        call("pairs"),
        call("moment"),
    ],
    "page": [
        call("tick"),
        call("start"),
        call("timer", 60),
        call("kept", ["x"]),
        call("keep"),
        call("relabel"),
        call("now"),
        call("lambda", "x"),
    ],
    "files": [
        call("read", File("a.txt", "alpha")),
        call("read", None),
        call("read_many", [File("a.txt", "alpha"), File("b.txt", "beta")]),
        call("raw", File("c.txt", "gamma")),
        call("made", "text"),
        call("make_many", "ab"),
        call("pass_on", File("d.txt", "delta")),
        call("uploaded", [File("e.txt", "epsilon")]),
        call("to_download", "down"),
        call("nothing"),
    ],
    "pictures": [
        call("drawn", 3),
        call("drawn_pil", 3),
        call("gallery", 3),
        call("addresses", event_data={}),  # in JavaScript alone: the Python client would look there
        call("array_kind", None),
        call("path_kind", None),
    ],
    "sound": [
        call("tone", 440),
        call("stereo", -300),
        call("kind", None),
        call("name", File("a.mp3", "alpha")),
        call("name", None),
        call("sound", "beta"),
        call("content", "ID3gamma"),
        call("same_sound", File("b.ogg", "delta")),
        call("film", "epsilon"),
        call("film_name", File("b.webm", "zeta")),
        call("film_name", None),
        call("same_film", File("b.mp4", "eta")),
        call("nothing"),
        call("other"),
        call("recorded", None),
    ],
    "plots": [call("plotted", 2)],
    "frames": [
        call("frame_in", {"headers": ["a", "b"], "data": [[1, "x"], [2, "y"]]}),
        call("array_in", {"headers": ["1", "2"], "data": [["p", "q"]]}),
        call("numbers_in", {"headers": ["1", "2"], "data": [[1, 2]]}),
        call("frame_out", [[1, "x"]]),
        call("array_out", {"headers": ["h", "i"], "data": [[1, 2]]}),
        call("numbers_out", [[5, 6]]),
        call("frame_out", None),
        call("pandas"),
        call("numpy"),
    ],
}

INFO = {
    "files": ("schemas-without-prose",),
    "pictures": ("schemas-without-prose",),
    "sound": ("schemas-without-prose",),
}
