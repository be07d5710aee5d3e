"""What a function may ask for beside its inputs."""

import gradio as gr


def who(name, request: gr.Request):
    return {
        "name": name,
        "session": request.session_hash,
        "user": request.username,
        "agent": request.headers["user-agent"].split("/")[0],
        "api": request.headers.get("x-gradio-user"),
        "host": request.client.host,
        "query": dict(request.query_params),
        "method": request.method if hasattr(request, "method") else None,
        "cookies": dict(request.cookies),
        "other": request.headers.get("x-other"),
    }


def between(first, request: gr.Request, second="second", progress=gr.Progress(), third: str = "third"):
    progress(0.5)
    return f"{first} {second} {third} {request is not None}"


def optional(name, request: gr.Request | None = None):
    return f"{name} {request is not None}"


def streams(name, request: gr.Request):
    yield name
    yield f"{name} {request.session_hash is not None}"


with gr.Blocks() as demo:
    name, other, third = gr.Textbox(label="Name"), gr.Textbox(label="Other"), gr.Textbox(label="Third")
    told, out = gr.JSON(label="Told"), gr.Textbox(label="Out")
    button = gr.Button()
    button.click(who, name, told)
    button.click(between, [name, other, third], out)
    button.click(between, name, out, api_name="between_one")
    button.click(optional, name, out)
    button.click(streams, name, out)
    button.click(who, name, told, queue=False, api_name="who_at_once")

demo.launch()
