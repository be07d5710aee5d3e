"""Functions that yield: plain and async, short and long, with State, with errors, with nothing."""

import asyncio

import gradio as gr


def count(upto):
    for number in range(1, int(upto) + 1):
        yield number


def lists(upto):
    found = []
    for number in range(int(upto)):
        found.append({"number": number, "text": "x" * number})
        yield found, f"{number} <{len(found)}>"


async def slowly(upto):
    for number in range(int(upto)):
        await asyncio.sleep(0)
        yield "a" * number


def edits():
    yield {"a": [1, 2, 3], "b": "text", "gone": True}
    yield {"a": [1, 3], "b": "text and more", "new": {"deep": []}}
    yield {"a": [1, 3, {"x": None}], "b": "other", "new": {"deep": [1]}}
    yield []
    yield None
    yield {"a": 1}


def nothing():
    yield from ()


def breaks(upto):
    yield from range(int(upto))
    raise gr.Error("enough", title="Stop", duration=None, visible=False)


def keeps(text, kept):
    for word in text.split():
        kept = [*kept, word]
        yield kept, " ".join(kept)


def dicts():
    yield {shown: 1}
    yield {anything: ["two"]}
    yield {shown: 3, anything: gr.skip()}


def updates():
    yield gr.update(value=1)
    yield gr.update(label="Other")
    yield gr.Number(3, visible=False)
    yield gr.skip()


with gr.Blocks() as demo:
    upto, shown = gr.Number(3, label="Up to"), gr.Number(label="Shown")
    anything, text = gr.JSON(label="Anything"), gr.Textbox(label="Text")
    kept = gr.State([])
    button = gr.Button()
    button.click(count, upto, shown)
    button.click(lists, upto, [anything, text])
    button.click(slowly, upto, text)
    button.click(edits, None, anything)
    button.click(nothing, None, text)
    button.click(breaks, upto, shown)
    button.click(keeps, [text, kept], [kept, text])
    button.click(lambda kept: len(kept), kept, shown, api_name="kept")
    button.click(dicts, None, [shown, anything])
    button.click(updates, None, shown)
    button.click(count, upto, shown, queue=False, api_name="count_at_once")

demo.launch()
