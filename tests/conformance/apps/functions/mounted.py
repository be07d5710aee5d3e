"""A page inside a FastAPI app that has routes, a middleware and another page of its own."""

import gradio as gr
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.middleware("http")
async def mark(request, call_next):
    answer = await call_next(request)
    answer.headers["x-host"] = "host"
    return answer


@app.get("/")
def read_main():
    return {"message": "the host"}


def greet(name):
    if name == "nobody":
        raise gr.Error("no name")
    gr.Info(f"hello {name}")
    return f"Hello {name}"


def count(text, said):
    said = said + [text]
    return len(said), said


def letters(text):
    for end in range(len(text)):
        yield text[: end + 1]


async def later(text):
    return text[::-1]


with gr.Blocks() as demo:
    box, out, number, said = gr.Textbox(label="Text"), gr.Textbox(label="Out"), gr.Number(label="Count"), gr.State([])
    button = gr.Button()
    button.click(greet, box, out)
    button.click(count, [box, said], [number, said])
    button.click(letters, box, out)
    button.click(later, box, out)

other = gr.Interface(lambda text: text, "text", "text")
app = gr.mount_gradio_app(app, other, path="/other")
app = gr.mount_gradio_app(app, demo, path="/inside/page")

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=7860)
