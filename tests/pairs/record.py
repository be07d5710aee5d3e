"""Records what Gradio 5.50 answers, in whose Chatbots pairs were the rule, into ``gradio_5_50.json``.

Gradio 6, by which everything else here is measured, takes messages alone. Run it anew by::

    python -m venv ENV && ENV/bin/pip install gradio==5.50.0 && ENV/bin/python tests/pairs/record.py
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "apps")]
os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}


def main() -> None:
    """Serve each app and write down what its calls are answered."""
    import gradio as gr
    from calls import CALLS  # type: ignore[import-not-found]
    from gradio_client import Client
    from meaning import answers  # type: ignore[import-not-found]

    launch = gr.Blocks.launch
    served: list[Any] = []

    def launched(demo: Any, **options: Any) -> None:
        served.append(launch(demo, prevent_thread_lock=True, quiet=True, server_name="127.0.0.1", **options)[1])

    gr.Blocks.launch = launched
    found: dict[str, Any] = {"source": f"gradio {gr.__version__}, gradio_client of the same environment", "answers": {}}
    with tempfile.TemporaryDirectory() as folder:
        for app, calls in CALLS.items():
            script = runpy.run_path(str(HERE / f"apps/{app}.py"), run_name="__main__")
            if not served:
                script["demo"].launch()
            client = Client(served.pop(), verbose=False, download_files=False)
            found["answers"][app] = answers(client.submit, calls, Path(folder), client.config)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    (HERE / "gradio_5_50.json").write_text(text + "\n", encoding="utf-8")
    os._exit(0)


if __name__ == "__main__":
    main()
