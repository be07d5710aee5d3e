"""What goes wrong, and what is said meanwhile."""

import gradio as gr


def refuse(kind):
    if kind == "words":
        raise gr.Error("It cannot be done.")
    if kind == "title":
        raise gr.Error("Not now.", title="Later", duration=2.5)
    if kind == "quiet":
        raise gr.Error("unseen", visible=False, print_exception=False)
    if kind == "lasting":
        raise gr.Error("stays", duration=None)
    if kind == "html":
        raise gr.Error("<b>bold</b>")
    if kind == "default":
        raise gr.Error
    if kind == "own":
        raise RuntimeError("the password is 1234")
    if kind == "key":
        return {}[kind]
    return kind


class Own(gr.Error):
    def __init__(self):
        super().__init__("of my own kind", title="Own")


def own():
    raise Own


def tell(text):
    gr.Info(f"{text} comes")
    gr.Warning(f"{text} is late", duration=3, title="Late")
    gr.Success("done", visible=False)
    gr.Info("for ever", duration=None)
    return text


def tell_and_fail(text):
    gr.Warning("about to fail")
    raise gr.Error(text)


def tell_between(text):
    for letter in text:
        gr.Info(letter)
        yield letter


with gr.Blocks() as demo:
    kind = gr.Textbox(label="Kind")
    out = gr.Textbox(label="Out")
    number = gr.Number(label="Number")
    button = gr.Button()
    button.click(refuse, kind, out)
    button.click(own, None, out)
    button.click(tell, kind, out)
    button.click(tell_and_fail, kind, out)
    button.click(tell_between, kind, out)
    button.click(lambda text: text, kind, number, api_name="not_a_number")
    button.click(refuse, kind, out, queue=False, api_name="refuse_at_once")
    button.click(tell, kind, out, queue=False, api_name="tell_at_once")

demo.launch()
