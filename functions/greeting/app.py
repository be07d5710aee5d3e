"""No state at all: what goes in decides what comes out."""

import adapter as gr


def greet(name: str, style: str, times: float) -> str:
    word = {"friendly": "Hi", "formal": "Good day", "loud": "HEY"}[style]
    return " ".join([f"{word}, {name.strip() or 'whoever you are'}!"] * int(times))


demo = gr.Interface(
    greet,
    [
        gr.Textbox(label="Name", placeholder="Ada"),
        gr.Radio(["friendly", "formal", "loud"], value="friendly", label="Style"),
        gr.Slider(1, 5, value=1, step=1, label="Times"),
    ],
    gr.Textbox(label="Greeting"),
    title="Greeting",
    examples=[["Ada", "formal", 1], ["Grace", "loud", 3]],
)
handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
