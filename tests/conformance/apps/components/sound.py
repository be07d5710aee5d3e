"""Sound and video: made, named, passed on, put back with other properties."""

import pathlib
import tempfile

import gradio as gr
import numpy as np


def made(text, name):
    path = pathlib.Path(tempfile.mkdtemp()) / name
    path.write_text(text)
    return path


def tone(hertz):
    return 8000, np.sin(np.arange(80) * hertz / 1000).astype(np.float32)


def stereo(loudness):
    return 16000, np.full((3, 2), int(loudness), dtype=np.int16)


def name(path):
    return None if path is None else f"{pathlib.Path(path).name}: {pathlib.Path(path).read_text()}"


def kind(audio):
    return "nothing" if audio is None else f"{audio[0]} {audio[1].dtype} {audio[1].tolist()}"


with gr.Blocks() as demo:
    text, told, number = gr.Textbox(label="Text"), gr.Textbox(label="Told"), gr.Number(label="Number")
    samples = gr.Audio(label="Samples")
    path = gr.Audio(type="filepath", sources="microphone", label="Path")
    video = gr.Video(label="Video")
    go = gr.Button("Go")
    go.click(tone, number, samples)
    go.click(stereo, number, samples)
    go.click(kind, samples, told)
    go.click(name, path, told)
    go.click(lambda text: made(text, "a.mp3"), text, path, api_name="sound")
    go.click(lambda text: text.encode(), text, path, api_name="content")
    go.click(lambda path: path, path, path, api_name="same_sound")
    go.click(lambda text: str(made(text, "a.mp4")), text, video, api_name="film")
    go.click(name, video, told, api_name="film_name")
    go.click(lambda path: path, video, video, api_name="same_film")
    go.click(lambda: (None, None), None, [samples, video], api_name="nothing")
    go.click(
        lambda: (gr.Audio(label="Other", autoplay=True), gr.update(loop=True, interactive=False)),
        None,
        [samples, video],
        api_name="other",
    )
    samples.stop_recording(kind, samples, told, api_name="recorded")

demo.launch()
