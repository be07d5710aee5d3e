"""Values of the browser's own: their defaults, and models and dataclasses in them."""

from dataclasses import dataclass

import gradio as gr
from pydantic import BaseModel


class Trip(BaseModel):
    name: str
    days: int


@dataclass
class Stop:
    place: str
    nights: int = 1


def read(trip: object, stop: object) -> str:
    return f"{trip} {stop}"


with gr.Blocks() as demo:
    trip = gr.BrowserState(Trip(name="first", days=2), storage_key="trip", secret="s")
    stop = gr.BrowserState({"place": "here"}, storage_key="stop", secret="s")
    out = gr.Textbox(label="Out")
    gr.Button("Read").click(read, [trip, stop], out)
    gr.Button("Model").click(lambda: Trip(name="second", days=3), None, trip)
    gr.Button("Dataclass").click(lambda: Stop("there"), None, stop)
    gr.Button("Script").click(None, [trip, stop], out, js="(trip, stop) => JSON.stringify([trip, stop])")

demo.launch()
