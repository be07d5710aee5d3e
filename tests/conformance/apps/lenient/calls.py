"""What is asked of scripts that Gradio takes although they are not quite right."""

from tests.conformance.calls import call

CALLS = {
    "kinds": [call("card", "<b>a</b>"), call("my_box", "a"), call("area", "a"), call("note", "# a")],
    "misfits": [
        call("nobody"),
        call("few", "a"),
        call("many", "a", "b", deviates="own-exceptions"),
        *(call(name) for name in ("yes", "no", "none", "other", "js")),
        call("visible"),
        call("asks", "a"),
        call("more"),
        call("nowhere"),
    ],
}

INFO = {"kinds": ("schemas-without-prose",)}
