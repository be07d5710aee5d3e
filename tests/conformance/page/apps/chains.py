"""What the followers of a listener know of the event that began the chain."""

import gradio as gr


def told(log: str, event: gr.EventData) -> str:
    name = getattr(event.target, "label", None) or getattr(event.target, "value", None)
    return f"{log} {name}:{event._data is not None}"


def broken(log: str, event: gr.EventData) -> str:
    raise gr.Error("on purpose")


def more(count: int, log: str, event: gr.EventData) -> tuple[int, str]:
    return count + 1, told(log, event)


def kind(event: gr.EventData) -> str:
    return type(event.target).__name__


def kind_after(before: str, event: gr.EventData) -> str:
    return f"{before}, {kind(event)}"


def slow(log: str, event: gr.EventData):
    yield told(log, event)
    yield told(log, event)


with gr.Blocks() as demo:
    log = gr.Textbox(label="Log")
    after = gr.Textbox(label="After")
    count = gr.State(0)
    choice = gr.Radio(["a", "b"], label="Choice")
    plain, other = gr.Button("Plain"), gr.Button("Other")
    gr.on([plain.click, other.click], told, log, log).then(told, log, log).success(told, log, log).then(
        slow, log, log
    ).then(lambda: "done", None, after)
    failing = gr.Button("Failing")
    failing.click(broken, log, log).failure(told, log, log).then(lambda: "failed", None, after)
    scripted = gr.Button("Scripted")
    scripted.click(None, None, log, js="() => 'js'").then(told, log, log).then(lambda: "scripted", None, after)
    choice.select(told, log, log).then(told, log, log).then(lambda: "chosen", None, after)
    stated = gr.Button("Stated")
    stated.click(more, [count, log], [count, log])
    counted = gr.Textbox(label="Counted")
    count.change(kind, None, counted).then(kind_after, counted, counted)


if __name__ == "__main__":
    demo.launch()
