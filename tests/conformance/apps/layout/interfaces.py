"""Interfaces in all their forms behind tabs."""

import gradio as gr


def greet(name: str, times: float = 1, loud: bool = False) -> str:
    """Greet.

    Args:
        name: who
    """
    said = f"Hello {name}" * int(times)
    return said.upper() if loud else said


def both(text, number):
    return number, text


def stream(upto):
    for number in range(int(upto)):
        yield number


many = gr.Interface(greet, ["text", "slider", "checkbox"], gr.Textbox(label="Greeting"), examples=[["Ann", 2, True]])
more = gr.Interface(greet, "text", "text", additional_inputs=[gr.Number(1), gr.Checkbox(True)], api_name="more")
none_in = gr.Interface(lambda: "now", None, "text", api_name="now")
none_out = gr.Interface(lambda text: print(text), "text", None, api_name="out")
swap = gr.Interface(both, ["text", "number"], ["number", "text"], api_name="swap")
live = gr.Interface(lambda text: text[::-1], "text", "text", live=True, api_name="live")
streaming = gr.Interface(stream, "number", "number", flagging_mode="never")
unified = gr.Interface(lambda text: text + "!", gr.Textbox(key="u"), None, api_name="unified")
batched = gr.Interface(lambda texts: [[text * 2 for text in texts]], "text", "text", batch=True, api_name="batched")
hidden = gr.Interface(greet, ["text"], "text", api_visibility="undocumented", api_name="hidden")

demo = gr.TabbedInterface([many, more, none_in, none_out, swap, live, streaming, unified, batched, hidden])
demo.launch()
