"""A chat of one's own making: Chatbot and Textbox, two steps a turn, retry, undo, like, edit, clear."""

import gradio as gr


def user(message, history):
    return "", [*history, {"role": "user", "content": message}]


def bot(history):
    said = history[-1]["content"]
    text = said if isinstance(said, str) else said[0]["text"]
    history.append({"role": "assistant", "content": ""})
    for letter in text.upper():
        history[-1]["content"] += letter
        yield history


def retry(history, event: gr.RetryData):
    return [*history[: event.index], {"role": "assistant", "content": f"again: {event.value}"}]


def undo(history, event: gr.UndoData):
    return history[: event.index], event.value


def like(event: gr.LikeData):
    return f"{event.index} {event.value} {event.liked}"


def edit(history, event: gr.EditData):
    return [*history[: event.index], {"role": "user", "content": event.value}]


def kept(message, turns):
    turns = turns + [{"role": "user", "content": message}, {"role": "assistant", "content": f"{len(turns)}"}]
    return turns, turns


with gr.Blocks() as demo:
    chat = gr.Chatbot(label="Chat", value=[{"role": "assistant", "content": "Hello"}])
    message, out = gr.Textbox(label="Message"), gr.Textbox(label="Out")
    turns = gr.State([])
    message.submit(user, [message, chat], [message, chat], queue=False).then(bot, chat, chat)
    chat.retry(retry, chat, chat)
    chat.undo(undo, chat, [chat, out])
    chat.like(like, None, out)
    chat.edit(edit, chat, chat)
    chat.clear(lambda: "cleared", None, out, api_name="cleared")
    gr.Button("Keep").click(kept, [message, turns], [chat, turns])
    gr.ClearButton([message, chat])

demo.launch()
