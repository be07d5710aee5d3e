"""The model chatbot, by a real client, with a tiny model of the same architecture that is made here."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client

from tests.support.dev import dev_server

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-dialogpt" / "bin" / "python"

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(not PYTHON.exists(), reason="PyTorch is not installed here; run: scripts/setup dialogpt"),
]

OFFLINE = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1"}

MAKE = """
import sys
import torch
from tokenizers.pre_tokenizers import ByteLevel
from transformers import GPT2Config, GPT2LMHeadModel, GPT2Tokenizer

torch.manual_seed(1)
end = "<|endoftext|>"
vocabulary = {sign: number for number, sign in enumerate([*sorted(ByteLevel.alphabet()), end])}
last = vocabulary[end]
config = GPT2Config(
    vocab_size=len(vocabulary), n_positions=1024, n_embd=16, n_layer=1, n_head=2, bos_token_id=last, eos_token_id=last
)
GPT2LMHeadModel(config).save_pretrained(sys.argv[1])
GPT2Tokenizer(vocab=vocabulary, merges=[]).save_pretrained(sys.argv[1])
"""
"""DialoGPT is GPT-2 with other weights. Source: https://huggingface.co/microsoft/DialoGPT-medium"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The function's address; its calls go to several environments."""
    folder = tmp_path_factory.mktemp("model")
    subprocess.run([PYTHON, "-c", MAKE, str(folder)], check=True, env={**os.environ, **OFFLINE}, capture_output=True)
    app = ROOT / "functions" / "dialogpt" / "app.py"
    environment = {**OFFLINE, "MODEL": str(folder)}
    with dev_server(
        app, "--environments", "2", "--no-reload", "--timeout", "0", environment=environment, python=PYTHON
    ) as server:
        yield server.url


def texts(chat: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the role and the text of each message."""
    found = []
    for message in chat:
        content = message["content"]
        parts = content if isinstance(content, list) else [{"text": content}]
        found.append((message["role"], "".join(part["text"] for part in parts)))
    return found


def test_a_conversation_is_its_sessions_own(url: str) -> None:
    """Two turns are answered by the model, and the second knows the first; another session starts from nothing."""
    ann, ben = Client(url, verbose=False), Client(url, verbose=False)
    _, first = ann.predict("Hello there", [], api_name="/answer")
    _, second = ann.predict("Hello there", first, api_name="/answer")
    _, other = ben.predict("Hello there", [], api_name="/answer")

    assert [role for role, _ in texts(second)] == ["user", "assistant", "user", "assistant"]
    assert texts(second)[:2] == texts(first)
    assert texts(first)[1][1]
    assert texts(other) == texts(first)  # the model is deterministic, so it saw the same: no word of Ann's
    assert texts(second)[3] != texts(first)[1]  # of the same message it made something else, since it knew the first


def test_clear_makes_the_model_forget(url: str) -> None:
    """After it the session is as a new one."""
    client = Client(url, verbose=False)
    _, first = client.predict("Hello there", [], api_name="/answer")
    assert client.predict(api_name="/clear") == []
    _, again = client.predict("Hello there", [], api_name="/answer")

    assert texts(again) == texts(first)
