"""A page that is drawn by a function: gr.render, with components and listeners of its own."""

import gradio as gr

with gr.Blocks() as demo:
    words = gr.State(["one"])
    word, out = gr.Textbox(label="Word"), gr.Textbox(label="Out")
    word.submit(lambda word, words: [*words, word], [word, words], words, api_name="add")

    @gr.render(inputs=words)
    def draw(words):
        for place, each in enumerate(words):
            with gr.Row():
                box = gr.Textbox(each, label=f"Word {place}", key=place)
                gr.Button("Take").click(lambda text: text, box, out)

    @gr.render(triggers=[word.change], inputs=[word])
    def count(text):
        gr.Number(len(text), label="Length")

    gr.Button("Look").click(lambda words: " ".join(words), words, out, api_name="look")

demo.launch()
