"""A game whose current piece is one of its pieces: one object, reached in two ways."""

import gradio as gr


class Puzzle:
    def __init__(self):
        self.pieces = [{"name": name, "done": False} for name in ("corner", "edge", "middle")]
        self.current = self.pieces[0]
        self.placed = []

    def place(self):
        self.current["done"] = True
        self.placed.append(self.current)
        left = [piece for piece in self.pieces if not piece["done"]]
        self.current = left[0] if left else {}

    def take_back(self):
        piece = self.placed.pop()
        piece["done"] = False
        self.pieces.remove(piece)
        self.pieces.append(piece)
        self.current = piece

    def __str__(self):
        done = [piece["name"] for piece in self.pieces if piece["done"]]
        return f"done: {done}, next: {self.current.get('name')}, all: {len(self.pieces)}"


def place(puzzle):
    if not puzzle.current:
        return "finished", puzzle
    puzzle.place()
    return str(puzzle), puzzle


def take_back(puzzle):
    puzzle.take_back()
    return str(puzzle), puzzle


def same(puzzle):
    return str(any(puzzle.current is piece for piece in puzzle.pieces))


with gr.Blocks() as demo:
    puzzle = gr.State(Puzzle())
    out = gr.Textbox(label="Puzzle")
    gr.Button("Place").click(place, puzzle, [out, puzzle])
    gr.Button("Back").click(take_back, puzzle, [out, puzzle])
    gr.Button("Same").click(same, puzzle, out)

demo.launch()
