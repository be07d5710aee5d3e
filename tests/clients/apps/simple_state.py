"""A shopping cart: what is added goes into the session's State, whose change shows how full it is."""

import adapter as gr

with gr.Blocks() as demo:
    cart = gr.State([])
    new_items = gr.CheckboxGroup(["Milk", "Water", "Cereal"], label="New items")
    add = gr.Button("Add")
    size = gr.Number(label="Items in the cart")

    @add.click(inputs=[new_items, cart], outputs=cart)
    def add_items(new_items: list[str], cart: list[str]) -> list[str]:
        return cart + new_items

    cart.change(lambda cart: len(cart), cart, size)

handler = gr.handler(demo)
