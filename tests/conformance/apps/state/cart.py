"""A shopping cart; whatever changes it, its size and its list are shown."""

import gradio as gr

with gr.Blocks(title="Cart") as demo:
    cart = gr.State([])
    with gr.Row():
        wanted = gr.CheckboxGroup(["Bread", "Cheese", "Wine"], label="Wanted")
        put = gr.Button("Into the cart")
        empty = gr.Button("Empty")
    size = gr.Number(label="Things", precision=0)
    listed = gr.Textbox(label="List")

    @put.click(inputs=[wanted, cart], outputs=cart)
    def put_in(wanted, cart):
        return cart + wanted

    empty.click(lambda: [], None, cart, api_name="clear")

    @cart.change(inputs=cart, outputs=[size, listed])
    def show(cart):
        return len(cart), ", ".join(cart)


demo.launch()
