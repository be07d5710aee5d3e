"""Everything that a chat's function may return."""

import gradio as gr


def answer(message, history):
    if message == "dict":
        return {"role": "assistant", "content": "from a dict"}
    if message == "message":
        return gr.ChatMessage(content="thinking", metadata={"title": "Thought", "status": "done"})
    if message == "options":
        return gr.ChatMessage(content="choose", options=[{"value": "one"}, {"value": "2", "label": "Two"}])
    if message == "list":
        return ["first", gr.ChatMessage(content="second"), {"role": "assistant", "content": "third"}]
    if message == "component":
        return gr.Markdown("# shown")
    if message == "none":
        return None
    if message == "error":
        raise gr.Error("no answer", title="Chat")
    if message == "number":
        return 5
    return f"{len(history)} before"


gr.ChatInterface(answer).launch()
