from dataclasses import dataclass, field

import gradio as gr


@dataclass
class Task:
    text: str
    done: bool = False


@dataclass
class TodoList:
    tasks: list = field(default_factory=list)
    finished: int = 0

    def add(self, text):
        self.tasks.append(Task(text))
        return self.show()

    def finish(self, number):
        task = self.tasks[int(number)]
        if not task.done:
            task.done = True
            self.finished += 1
        return self.show()

    def tidy(self):
        self.tasks = [task for task in self.tasks if not task.done]
        return self.show()

    def show(self):
        return [f"[{'x' if task.done else ' '}] {task.text}" for task in self.tasks] + [f"{self.finished} done"]


todo = TodoList()

with gr.Blocks() as demo:
    text, number, shown = gr.Textbox(), gr.Number(), gr.JSON()
    gr.Button().click(todo.add, text, shown, api_name="add")
    gr.Button().click(todo.finish, number, shown, api_name="finish")
    gr.Button().click(lambda: todo.tidy(), None, shown, api_name="tidy")

demo.launch()
