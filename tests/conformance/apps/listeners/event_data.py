"""What is told of an event."""

import gradio as gr


def selected(event: gr.SelectData):
    return [event.index, event.value, event.selected, type(event.target).__name__]


def liked(event: gr.LikeData):
    return [event.index, event.value, event.liked]


def retried(event: gr.RetryData):
    return [event.index, event.value]


def undone(event: gr.UndoData):
    return [event.index, event.value]


def edited(event: gr.EditData):
    return [event.index, event.previous_value, event.value]


def typed(event: gr.KeyUpData):
    return [event.key, event.input_value]


def copied(event: gr.CopyData):
    return event.value


def any_event(name, event: gr.EventData, request: gr.Request):
    return [name, event._data, request is not None]


def row(event: gr.SelectData):
    return [event.row_value, event.col_value]


with gr.Blocks() as demo:
    out = gr.JSON(label="Out")
    name = gr.Textbox(label="Name")
    choice = gr.Dropdown(["a", "b"], label="Choice")
    chat = gr.Chatbot(label="Chat")
    choice.select(selected, None, out)
    chat.like(liked, None, out)
    chat.retry(retried, None, out)
    chat.undo(undone, None, out)
    chat.edit(edited, None, out)
    choice.key_up(typed, None, out)
    chat.copy(copied, None, out)
    name.submit(any_event, name, out)
    choice.select(row, None, out)

demo.launch()
