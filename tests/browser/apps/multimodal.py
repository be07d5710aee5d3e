"""A chat that takes files, and answers with a file, code, a formula and a component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import adapter as gr

RICH = """Some code:

```python
# a comment
def double(x: int) -> int:
    return x * 2  # <img src=x onerror=hacked=1>
```

$$\\frac{a}{b} + \\sqrt{x}$$

$$\\unheard{of}$$

It costs $5 or $6.
"""


def reply(message: dict[str, Any], history: list[dict[str, Any]]) -> list[Any]:
    """Say what came, and show one of each kind."""
    names = ", ".join(f"{Path(one).suffix} {Path(one).stat().st_size}" for one in message["files"])
    if message["text"] == "fail":
        raise gr.Error("Refused")
    label = gr.Label({"cat": 0.75, "dog": 0.25}, label="Verdict")
    contents = [{"path": one, "alt_text": "what you sent"} for one in message["files"]]
    files = [{"role": "assistant", "content": content} for content in contents]
    return [f"{len(history)}: {message['text']} ({names})", *files, RICH, label]


demo = gr.ChatInterface(
    reply,
    multimodal=True,
    title="Multimodal",
    textbox=gr.MultimodalTextbox(placeholder="Say something", file_count="multiple", file_types=["image", ".txt"]),
    editable=True,
    examples=[{"text": "an example", "files": []}],
)
handler = gr.handler(demo)
