"""Components in a chat's messages, as functions get them from the page."""

import gradio as gr


def tell(history):
    told = []
    for message in history:
        for part in message["content"]:
            if part["type"] != "component":
                told.append(part["text"])
                continue
            instance = part["instance"]
            kinds = [kind.__name__ for kind in (gr.JSON, gr.Textbox, gr.Image) if isinstance(instance, kind)]
            told.append(
                f"{part['component']} {kinds} {instance.value} {instance.label} {instance.visible} {instance.scale}"
            )
    return "; ".join(told)


def again(history):
    return history + [{"role": "assistant", "content": "again"}]


with gr.Blocks() as demo:
    chatbot, told = gr.Chatbot(label="Chat"), gr.Textbox(label="Told")
    go = gr.Button("Go")
    go.click(tell, chatbot, told)
    go.click(again, chatbot, chatbot)

demo.launch()
