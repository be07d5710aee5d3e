"""Files: up, through functions, and down again."""

import pathlib
import tempfile

import gradio as gr


def made(text):
    path = pathlib.Path(tempfile.mkdtemp()) / "made.txt"
    path.write_text(text)
    return str(path)


def read(path):
    return None if path is None else f"{pathlib.Path(path).name}: {pathlib.Path(path).read_text()}"


def read_many(paths):
    return [read(path) for path in paths or []]


with gr.Blocks() as demo:
    text, told, said = gr.Textbox(label="Text"), gr.JSON(label="Told"), gr.Textbox(label="Said")
    one = gr.File(label="One")
    many = gr.File(file_count="multiple", file_types=[".txt"], label="Many")
    raw = gr.File(type="binary", label="Raw")
    upload = gr.UploadButton("Up", file_count="multiple")
    download = gr.DownloadButton("Down")
    go = gr.Button("Go")
    go.click(read, one, said)
    go.click(read_many, many, told)
    go.click(lambda data: data.decode(), raw, said, api_name="raw")
    go.click(made, text, one)
    go.click(lambda text: [made(text), made(text * 2)], text, many, api_name="make_many")
    go.click(lambda file: file, one, one, api_name="pass_on")
    upload.upload(read_many, upload, told, api_name="uploaded")
    go.click(made, text, download, api_name="to_download")
    go.click(lambda: None, None, one, api_name="nothing")

demo.launch()
