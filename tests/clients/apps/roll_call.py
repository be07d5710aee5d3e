"""Lists that are answered whole, so that a lost or doubled entry shows: one for everybody, one per session."""

from threading import Event

import adapter as gr

everybody: gr.GlobalState[list[str]] = gr.GlobalState([], name="everybody")


def sign(entry: str) -> list[str]:
    everybody.append(entry)
    return list(everybody)


def note(entry: str, notes: list[str]) -> list[str]:
    notes.append(entry)
    return notes


def note_slowly(entry: str, notes: list[str]) -> list[str]:
    Event().wait(0.2)  # the work
    notes.append(entry)
    return notes


with gr.Blocks() as demo:
    entry, notes, shown, button = gr.Textbox(), gr.State([]), gr.JSON(), gr.Button()
    button.click(sign, entry, shown)
    button.click(note, [entry, notes], shown)
    button.click(note_slowly, [entry, notes], shown)

handler = gr.handler(demo)
