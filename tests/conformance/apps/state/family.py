"""A family tree: each child knows its parent, and the person shown is one of the tree."""

import gradio as gr


class Person:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

    def line(self):
        return [self.name, *(self.parent.line() if self.parent else [])]

    def count(self):
        return 1 + sum(child.count() for child in self.children)


def tree():
    ada = Person("Ada")
    return {"root": ada, "shown": ada}


def add(name, family):
    child = Person(name, family["shown"])
    family["shown"] = child
    return " < ".join(child.line()), family


def up(family):
    family["shown"] = family["shown"].parent or family["root"]
    return f"{family['shown'].name} of {family['root'].count()}", family


def rename(name, family):
    family["shown"].name = name
    return str([child.name for child in family["root"].children]), family


with gr.Blocks() as demo:
    family = gr.State(tree())
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Add").click(add, [name, family], [out, family])
    gr.Button("Up").click(up, family, [out, family])
    gr.Button("Rename").click(rename, [name, family], [out, family])

demo.launch()
