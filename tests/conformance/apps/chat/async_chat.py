"""Asynchronous functions: whole answers and streams, with a request."""

import asyncio

import gradio as gr


async def answer(message, history, request: gr.Request):
    await asyncio.sleep(0)
    return f"{message} {request.session_hash is not None}"


async def stream(message, history):
    for end in range(1, len(message) + 1):
        await asyncio.sleep(0)
        yield message[:end]


with gr.Blocks() as demo:
    with gr.Tab("Whole"):
        gr.ChatInterface(answer, api_name="whole")
    with gr.Tab("Stream"):
        gr.ChatInterface(stream, api_name="stream")

demo.launch()
