"""Two States: a number, and the squares of all numbers so far; one follows the other."""

import gradio as gr

with gr.Blocks() as demo:
    number, squares = gr.State(2), gr.State()
    entry = gr.Number(label="Number")
    root = gr.Number(label="Root")
    table = gr.JSON(label="Squares")

    entry.submit(lambda value: value, entry, number, api_name="set")

    @number.change(inputs=[number, squares], outputs=[root, squares])
    def square(number, squares):
        squares = {**(squares or {}), str(int(number)): number * number}
        return number, squares

    gr.on([squares.change, demo.load], lambda squares: squares, squares, table, api_name="table")

    @gr.Button("Swap").click(inputs=[number, squares], outputs=[number, squares])
    def swap(number, squares):
        return len(squares or {}), {str(number): "swapped"}


demo.queue().launch()
