"""Functions without names, in apps made beforehand and in place: their endpoints are numbered."""

import gradio as gr

hello = gr.Interface(lambda name: "Hello " + name, "text", "text")
bye = gr.Interface(lambda name: "Bye " + name, "text", "text")
chat = gr.ChatInterface(lambda message, history: message.upper(), examples=["a", "b"], editable=True)
with gr.Blocks() as inside:
    gr.Interface(lambda text: text * 2, "text", "text", flagging_mode="never")
    gr.Interface(lambda text: text * 3, "text", "text")
    gr.ChatInterface(
        lambda message, history, word: f"{message} {word}",
        additional_inputs=[gr.Textbox("x", label="Word")],
        examples=[["a", "b"]],
        save_history=True,
    )
    box = gr.Textbox(label="Box")
    box.change(lambda text: text * 4, box, box)

demo = gr.TabbedInterface([hello, bye, chat, inside], ["Hello", "Bye", "Chat", "Inside"])
demo.launch()
