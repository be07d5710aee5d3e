"""Functions of every other kind."""

import functools
import time

import gradio as gr


async def later(text):
    return text + " later"


def add(a, b=2, *, c=3):
    """Add up.

    What follows is said too.

    Parameters:
        a: the first
        b: the second
    Returns:
        the sum
    """
    return a + b + c


class Model:
    def __init__(self, name):
        self.name = name

    def predict(self, text):
        """Say who speaks."""
        return f"{self.name}: {text}"

    def __call__(self, text: str, times: int = 2) -> str:
        return f"{self.name} {text} {times}"


def many(*words):
    return " ".join(words)


def optional(text, note=None):
    return f"{text}/{note}"


def several(text):
    return text, len(text), [text]


def a_list(text):
    return [text, len(text), {"text": text}]


def too_few(text):
    return text, 1


def too_many(text):
    return text, 1, [], "more"


def none(text):
    return None


def by_component(values):
    return f"{values[text]} {values[number]}"


def batched(texts, numbers):
    return [f"{text} {number:g}" for text, number in zip(texts, numbers, strict=True)], [len(texts)] * len(texts)


def one_output_batched(texts):
    return [[text.upper() for text in texts]]


def by_dict(text):
    return {number: len(text)}


def unknown_key(text):
    return {text_out: text, stranger: 1}


def nested(text, progress=gr.Progress()):
    progress(0, desc="starts")
    for _ in progress.tqdm(range(3), desc="works"):
        time.sleep(0.06)
    return text


with gr.Blocks() as demo:
    text, number, flag = gr.Textbox(label="Text"), gr.Number(4, label="Number"), gr.Checkbox(label="Flag")
    text_out, number_out, json_out = gr.Textbox(label="Out"), gr.Number(label="Length"), gr.JSON(label="All")
    stranger = gr.Number(label="Stranger")
    button = gr.Button()
    three = [text_out, number_out, json_out]
    button.click(later, text, text_out)
    button.click(add, [number, number], number_out)
    button.click(Model("Ann").predict, text, text_out)
    button.click(Model("Bob"), [text, number], text_out, api_name="object")
    button.click(functools.partial(optional, note="given"), text, text_out, api_name="partial")
    button.click(many, [text, text], text_out)
    button.click(optional, [text, text], text_out)
    button.click(several, text, three)
    button.click(a_list, text, three)
    button.click(too_few, text, three)
    button.click(too_many, text, three)
    button.click(none, text, three)
    button.click(none, text, text_out, api_name="none_for_one")
    button.click(none, text, None, api_name="no_outputs")
    button.click(lambda: "no inputs", None, text_out)
    button.click(by_component, {text, number}, text_out)
    button.click(batched, [text, number], [text_out, number_out], batch=True, max_batch_size=2)
    button.click(one_output_batched, text, text_out, batch=True)
    button.click(by_dict, text, [number, text_out])
    button.click(unknown_key, text, [text_out])
    button.click(nested, text, text_out)
    button.click(str.upper, text, text_out, api_name="builtin")

demo.launch()
