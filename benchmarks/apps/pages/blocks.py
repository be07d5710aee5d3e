"""A page with a layout, tabs and many kinds of components."""

import gradio as gr


def order(name: str, size: str, extras: list[str], count: float, gift: bool) -> tuple[str, dict[str, object]]:
    """Return the order in words, and as data."""
    words = f"**{name or 'You'}** ordered {count:g} {size} with {', '.join(extras) or 'nothing'}."
    return words, {"size": size, "extras": extras, "count": count, "gift": gift}


with gr.Blocks(title="Orders") as demo:
    gr.Markdown("# Orders\n\nChoose *what you like*.")
    with gr.Tab("Order"):
        with gr.Row():
            with gr.Column():
                name = gr.Textbox(label="Name")
                size = gr.Dropdown(["small", "medium", "large"], value="medium", label="Size")
                extras = gr.CheckboxGroup(["milk", "sugar", "ice"], label="Extras")
            with gr.Column():
                count = gr.Slider(1, 10, value=1, step=1, label="Count")
                gift = gr.Checkbox(label="A gift")
                button = gr.Button("Order", variant="primary")
        words = gr.Markdown()
    with gr.Tab("Data"):
        data = gr.JSON(label="Data")
    with gr.Accordion("About", open=False):
        gr.Markdown("Nothing is delivered.")
    button.click(order, [name, size, extras, count, gift], [words, data], api_name="order")

if __name__ == "__main__":
    demo.launch()
