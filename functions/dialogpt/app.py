"""A model to talk to: loaded once per environment; each session has a conversation of its own."""

import os
from typing import Any

import adapter as gr

NAME = os.environ.get("MODEL", "microsoft/DialoGPT-medium")
MOST_TOKENS, REPLY_TOKENS = 1_024, 200  # that the model reads and writes in all, and that one reply has


@gr.warm
def model() -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    return AutoTokenizer.from_pretrained(NAME), AutoModelForCausalLM.from_pretrained(NAME)


def answer(message: str, shown: list[dict[str, Any]], tokens: list[int]) -> tuple[str, list[dict[str, Any]], list[int]]:
    """Let the model continue the conversation; it forgets the oldest words where there are too many."""
    import torch

    tokenizer, gpt = model()
    end = tokenizer.eos_token_id
    prompt = torch.tensor([[*tokens, *tokenizer.encode(message), end][REPLY_TOKENS - MOST_TOKENS :]])
    said = gpt.generate(prompt, max_new_tokens=REPLY_TOKENS, pad_token_id=end)[0].tolist()
    reply = tokenizer.decode(said[prompt.shape[1] :], skip_special_tokens=True)
    return "", [*shown, {"role": "user", "content": message}, {"role": "assistant", "content": reply}], said


with gr.Blocks(title="DialoGPT") as demo:
    chatbot, tokens = gr.Chatbot(label="DialoGPT"), gr.State([])
    message, clear = gr.Textbox(label="Message", submit_btn=True), gr.Button("Clear")
    message.submit(answer, [message, chatbot, tokens], [message, chatbot, tokens], concurrency="lease")
    clear.click(lambda: ([], []), None, [chatbot, tokens], api_name="clear")

handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
