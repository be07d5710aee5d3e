"""The rows of the table of deviations in ``docs/gradio.md``, and how each shows when answers are compared."""

from __future__ import annotations

import re

WHOLE = r"\.end\.(duration|visible): Gradio None, the adapter (10|True)"
"""Every error of the adapter's has a duration and is visible; what Gradio does not tell, its clients leave open."""

SAID = r"\.(error\[[15]\]|end\.message)"

DEVIATIONS: dict[str, str] = {
    "refusals-name-the-input": (
        rf"{SAID}: .*, the adapter .*( of '|input of |got no message|event_data has no |takes \d).*|{WHOLE}"
    ),
    "own-exceptions": (
        rf"{SAID}: Gradio ('An error occurred'|'The upstream Gradio app .*'|None|''), "
        rf"the adapter '(Something went wrong in this app.*|\w+Error)'|{WHOLE}"
    ),
    "failed-calls-change-nothing": r"\.(result|yields)(\[0\])*: Gradio .*'lost'.*, the adapter .*",
    "run-goes-to-the-end": r"\.(result|yields)(\[0\])*: Gradio 1, the adapter 3",
    "choices-at-once": r".*: Gradio .*not in the list of choices.*|\.(result|yields|logs|error|end|changed).*",
    "json-wording": rf"{SAID}: Gradio ['\"]Invalid JSON string: .*, the adapter ['\"]Invalid JSON string: .*",
    "validators-that-fail": rf"{SAID}: .*",
    "partials-are-described": r"\.named_endpoints\./partial\.description: Gradio 'partial\(func.*",
    "failed-turns-leave-nothing": r"\.(result|yields)(\[\d\])*: Gradio '6', the adapter '4'",
    "chat-answers-are-messages": r"\.(result|yields)(\[0\])*\.\w+: .*",
    "schemas-without-prose": (
        r".*(\.type(\.\$defs\.\w+)?\.(additional_)?description|\.python_type\.description): Gradio '.*"
    ),
    "keys-become-texts": r"\.(error|result|yields|logs|end|changed).*",
    "example-rows": r"\.(error|result|yields|logs).*",
    "extra-arguments": r"\.(error|result|yields|logs).*",
    "scripts-are-no-endpoints": rf"\.error.*|{SAID}: .*",
    "state-factories": r"\.named_endpoints\./(fresh|lambda): Gradio .*, the adapter '\(absent\)'",
    "records-say-what-they-need": r"\.named_endpoints\./order\.returns\[0\]\.type\.required: Gradio '\(absent\)', .*",
    "properties-that-change": r"\.(result\[1\]|yields\[0\]\[1\])\.(lines|value): .*, the adapter '\(absent\)'",
    "request-of-the-stream": r"\.(result|yields).*\.api: Gradio 'api', the adapter None",
    "live-interface-with-state": r"\.(error|result|yields|logs|end|changed).*",
    "values-are-checked": r"\.(error|result|yields|logs|end|changed).*",
}
"""By the row's name: a pattern of the lines of `differences` that it accounts for."""


def unaccounted(lines: list[str], rows: tuple[str, ...]) -> list[str]:
    """Return the lines that none of ``rows`` accounts for."""
    return [line for line in lines if not any(re.fullmatch(DEVIATIONS[row], line) for row in rows)]


def idle(lines: list[str], rows: tuple[str, ...]) -> list[str]:
    """Return those of ``rows`` that account for none of the lines."""
    return [row for row in rows if not any(re.fullmatch(DEVIATIONS[row], line) for line in lines)]
