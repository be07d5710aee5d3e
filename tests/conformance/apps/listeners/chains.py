"""Chains: then, success, failure, decorators, gr.on, cancels."""

import time

import gradio as gr


def may_fail(text):
    if text == "bad":
        raise gr.Error("bad")
    return text.upper()


def slow(steps):
    for step in range(int(steps)):
        time.sleep(0.05)
        yield step


with gr.Blocks() as demo:
    text, out, log = gr.Textbox(label="Text"), gr.Textbox(label="Out"), gr.Textbox(label="Log")
    steps = gr.Number(2, label="Steps")
    go, stop = gr.Button("Go"), gr.Button("Stop")

    started = go.click(may_fail, text, out)
    started.then(lambda out: f"then {out}", out, log, api_name="then")
    started.success(lambda out: f"success {out}", out, log, api_name="success")
    started.failure(lambda text: f"failure {text}", text, log, api_name="failure")
    started.then(lambda: None, js="() => 1").then(lambda text: text * 2, text, out)

    running = go.click(slow, steps, out)
    stop.click(None, None, None, cancels=[running])
    stop.click(lambda: "stopped", None, log, cancels=running, api_name="stopped")

    @gr.on([text.submit, go.click], inputs=text, outputs=out)
    def on_both(text):
        """Hear two."""
        return text + "!"

    @gr.on(inputs=[text, steps], outputs=log)
    def on_any(text, steps):
        return f"{text} {steps:g}"

    @text.change(inputs=text, outputs=log, api_name="decorated")
    def changed(text):
        return len(text)

    gr.on([go.click], fn=None, js="() => alert(1)")
    gr.on(triggers=[demo.load, steps.change], fn=lambda: "on load", outputs=log, show_progress="hidden")

demo.launch()
