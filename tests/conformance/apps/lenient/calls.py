"""What is asked of scripts that Gradio takes although they are not quite right."""

from tests.conformance.calls import call

CALLS = {
    "kinds": [call("textarea", "a"), call("textbox", "a"), call("barplot", None)],
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
    "missing": [call("text", "a"), call("picture", None), call("said", {"text": "a", "files": []})],
}

INFO = {"kinds": ("schemas-without-prose",), "missing": ("schemas-without-prose",)}
