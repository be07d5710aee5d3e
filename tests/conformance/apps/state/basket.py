"""Items go into a list that the session keeps; the function gives back the list alone."""

import gradio as gr

with gr.Blocks() as demo:
    basket = gr.State([])
    items = gr.CheckboxGroup(["Apples", "Pears", "Plums"])
    button = gr.Button("Add")
    amount = gr.Number()
    button.click(lambda items, basket: basket + items, [items, basket], basket, api_name="add")
    basket.change(lambda basket: len(basket), basket, amount)

demo.launch()
