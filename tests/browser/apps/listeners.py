"""Listeners of every kind: loading, chains, state, live, generators, notices."""

from __future__ import annotations

from collections.abc import Iterator

import adapter as gr


def upper(word: str) -> str:
    """Fail for one word."""
    if word == "bad":
        raise gr.Error("bad word")
    return word.upper()


def count(steps: float) -> Iterator[str]:
    """Yield a text that grows."""
    text = ""
    for number in range(int(steps)):
        text += f"{number} "
        yield text


def add(item: str, cart: list[str]) -> list[str]:
    """Return the cart with one item more."""
    return [*cart, item]


def load(request: gr.Request) -> str:
    return " ".join(["loaded", *(f"{name}={value}" for name, value in request.query_params.items())])


def say() -> None:
    """Tell the visitor two things."""
    gr.Info("for your information")
    gr.Warning("take care")


with gr.Blocks(title="Listeners") as demo:
    cart = gr.State([])
    loaded = gr.Textbox(label="Loaded", interactive=False)
    greeted = gr.Textbox(label="Greeted", interactive=False)
    word = gr.Textbox(label="Word")
    result = gr.Textbox(label="Result", interactive=False)
    after = gr.Textbox(label="After", interactive=False)
    outcome = gr.Textbox(label="Outcome", interactive=False)
    mirror = gr.Textbox(label="Mirror", interactive=False)
    size = gr.Number(label="Size", interactive=False)
    steps = gr.Number(4, label="Steps")
    counted = gr.Textbox(label="Counted", interactive=False)

    go = gr.Button("Go").click(upper, word, result, api_name="upper")
    go.then(lambda: "then", None, after, api_name="then")
    go.success(lambda: "succeeded", None, outcome, api_name="succeeded")
    go.failure(lambda: "failed", None, outcome, api_name="failed")
    gr.Button("Add").click(add, [word, cart], cart, api_name="add")
    cart.change(len, cart, size, api_name="size")
    word.input(lambda word: word[::-1], word, mirror, api_name="mirror", trigger_mode="always_last")
    gr.Button("Count").click(count, steps, counted, api_name="count")
    gr.Button("Say").click(say, None, None, api_name="say")
    demo.load(load, None, loaded)
    demo.load(lambda: "hello", None, greeted, api_name="greet")

handler = gr.handler(demo)
