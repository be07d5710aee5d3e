"""A counter per session; its start is the default of the function's own argument."""

import adapter as gr


def count(step: float, total: float = 10) -> tuple[str, float]:
    total += step
    return f"The total is {total:g}.", total


demo = gr.Interface(
    count,
    [gr.Slider(1, 5, value=1, step=1, label="Step"), "state"],
    ["textbox", "state"],
    title="Counter",
    api_name="predict",
)
handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
