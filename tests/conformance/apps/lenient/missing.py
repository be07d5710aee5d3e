"""Files that are not there: values at first, avatars, icons, examples, and items of galleries."""

import gradio as gr

with gr.Blocks() as demo:
    gr.Image("missing.png")
    gr.MultimodalTextbox({"text": "Look", "files": ["missing.png"]})
    picture = gr.Image(label="picture")
    gr.Button(icon="missing.png").click(lambda given: given is None, picture, gr.JSON(), api_name="picture")
    gr.Audio("missing.wav")
    gr.Video("missing.mp4")
    gr.DownloadButton("Download", "missing.txt")
    gr.Gallery(["missing.png", ("missing.jpg", "caption")])
    chat = gr.Chatbot(
        [{"role": "user", "content": {"path": "missing.png"}}, {"role": "assistant", "content": "Nice."}],
        avatar_images=("missing.png", None),
        examples=[{"text": "Look", "files": ["missing.png"], "icon": "missing.png"}],
    )
    message = gr.MultimodalTextbox(label="message")
    message.submit(lambda given: given["text"], message, gr.Textbox(label="said"), api_name="said")
    gr.Examples(["missing.png"], picture)
    gr.Examples([{"text": "Look", "files": ["missing.png"]}], message)
    text = gr.Textbox(label="text")
    text.submit(lambda given: f"{given}!", text, text, api_name="text")

demo.launch()
