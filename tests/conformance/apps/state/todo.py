"""A list of things to do: objects of its own kind in a State, altered in place or replaced."""

from dataclasses import dataclass, field

import gradio as gr


@dataclass
class Task:
    name: str
    done: bool = False
    notes: list[str] = field(default_factory=list)


def lines(tasks):
    return [["x" if task.done else " ", task.name, ", ".join(task.notes)] for task in tasks]


def add(name, tasks):
    if not name.strip():
        raise gr.Error("A task needs a name.", title="No name", duration=3)
    return lines([*tasks, Task(name)]), [*tasks, Task(name)], ""


def toggle(position, tasks):
    tasks[int(position)].done = not tasks[int(position)].done
    return lines(tasks)


def note(position, text, tasks):
    tasks[int(position)].notes.append(text)
    return lines(tasks)


def tidy(tasks):
    left = [task for task in tasks if not task.done]
    return lines(left), left


with gr.Blocks() as demo:
    tasks = gr.State([])
    name = gr.Textbox(label="Task")
    position = gr.Number(0, precision=0, label="Which")
    shown = gr.JSON(label="Tasks")
    name.submit(add, [name, tasks], [shown, tasks, name])
    gr.Button("Done").click(toggle, [position, tasks], shown)
    gr.Button("Note").click(note, [position, name, tasks], shown)
    gr.Button("Tidy").click(tidy, tasks, [shown, tasks])

demo.launch()
