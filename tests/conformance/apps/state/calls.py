"""What is asked of the apps about State."""

from tests.conformance.calls import call

LIVE = "live-interface-with-state"
NOTHING_LOST = "failed-calls-change-nothing"
KINDS = ("set", "tuple", "bytes", "large", "date", "decimal", "keys", "complex", "inf")

CALLS = {
    "counter": [
        call("increase", 3),
        call("increase", 4),
        call("decrease"),
        call("increase", 1, session="B"),
        call("decrease"),
        call("increase", named={"by": 2}),
        call("increase", 11, deviates="refusals-name-the-input"),
        call("increase", "4", deviates="values-are-checked"),
        call("decrease"),
    ],
    "cart": [
        call("put_in", ["Bread"]),
        call("show"),
        call("put_in", ["Wine", "Cheese"]),
        call("put_in", []),
        call("show"),
        call("show", session="B"),
        call("clear"),
        call("show"),
        call("put_in", ["Beer"], deviates="refusals-name-the-input"),
        call("show"),
    ],
    "hangman": [call("guess", letter) for letter in "sxserverlz"] + [call("guess", "a", session="B")],
    "squares": [
        call("table"),
        call("square"),
        call("table"),
        call("set", 5),
        call("square"),
        call("set", 5),
        call("set", 7),
        call("square"),
        call("table"),
        call("table", session="B"),
        call("swap"),
        call("table"),
        call("square"),
    ],
    "todo": [
        call("add", "sow"),
        call("add", "reap"),
        call("toggle", 1),
        call("note", 0, "in rows"),
        call("add", " "),
        call("toggle", 0),
        call("toggle", 1),
        call("tidy"),
        call("tidy", session="B"),
        call("toggle", deviates="own-exceptions"),
    ],
    "live_text": [
        call("collect", "a", deviates=LIVE),
        call("collect", "b", deviates=LIVE),
        call("collect", "c", session="B", deviates=LIVE),
        call("collect", "d", deviates=LIVE),
    ],
    "cleanup": [
        call("use"),
        call("use"),
        call("look"),
        call("look", session="B"),
        call("forget"),
        call("look"),
        call("use", session="B"),
        call("look", session="B"),
    ],
    "basket": [
        call("add", ["Apples"]),
        call("lambda"),
        call("add", ["Pears", "Plums"]),
        call("lambda"),
        call("lambda", session="B"),
    ],
    "kinds": [
        call("look"),
        *(step for kind in KINDS for step in (call("put", kind), call("look"))),
        call("alter", "set"),
        call("look_listed"),
        call("fail"),
        call("look_listed", deviates=NOTHING_LOST),
        call("crash", deviates="own-exceptions"),
        call("look_listed", deviates=NOTHING_LOST),
        call("leave"),
        call("look_listed", deviates=NOTHING_LOST),
        call("renew"),
        call("look_listed"),
        call("by_dict"),
        call("look_listed"),
        call("look"),
        call("drop"),
        call("look_listed"),
        call("look_made"),
        call("grow"),
        call("grow"),
        call("look_made"),
        call("exchange"),
        call("look_listed"),
        call("look_made"),
        call("look_listed", session="B"),
        call("look_made", session="B"),
    ],
}

INFO = {"cleanup": ("state-factories",), "kinds": ("state-factories",)}

CALLS["puzzle"] = [
    *(
        call(name)
        for name in ("same", "place", "same", "place", "take_back", "same", "place", "place", "place", "place")
    ),
    call("place", session="B"),
    call("take_back", session="B"),
]
CALLS["family"] = [
    *(call("add", name) for name in ("Bea", "Cleo")),
    call("up"),
    call("add", "Dan"),
    *(call("up") for _ in range(4)),
    call("add", "Eve"),
    call("rename", "Eva"),
    call("add", "Fay", session="B"),
    call("rename", "Flo", session="B"),
]
