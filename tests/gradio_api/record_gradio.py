"""Records what real Gradio says of the apps in ``apps.py``, into ``gradio_6_31.json`` beside this file.

Run it by hand in an environment of its own that has Gradio 6.31 (the project never imports it):

    PYTHONPATH=. python tests/gradio_api/record_gradio.py

The tests read the recorded facts only: the answers of ``/info``, and what can be compared of ``/config``.
"""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path
from typing import Any

from tests.gradio_api.apps import APPS
from tests.gradio_api.described import described


def record(gr: Any) -> dict[str, Any]:
    """Return the facts of every app."""
    found = {}
    for name, make in APPS.items():
        demo = make(gr)
        found[name] = {"info": demo.get_api_info(), "config": described(demo.get_config_file())}
    return found


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    gradio = importlib.import_module("gradio")
    facts = record(gradio)
    target = Path(__file__).with_name("gradio_6_31.json")
    lines = [
        f"{json.dumps(name)}: {json.dumps(fact, sort_keys=True, ensure_ascii=False)}" for name, fact in facts.items()
    ]
    # One app a line, so that a new version's changes can be read.
    text = ",\n".join(lines)
    target.write_text(f'{{"gradio": "{gradio.__version__}", "apps": {{\n{text}\n}}}}\n', encoding="utf-8")
    print(f"{len(facts)} apps recorded in {target}")
