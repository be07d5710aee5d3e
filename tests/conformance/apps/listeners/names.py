"""What endpoints are called, and who sees them."""

import gradio as gr


def double(x):
    """Twice as much.

    Args:
        x: how much
    """
    return x * 2


def with_reserved(api_name, fn_index):
    return f"{api_name}{fn_index}"


class Calls:
    def method(self, x):
        return x

    def __call__(self, x):
        return x


calls = Calls()

with gr.Blocks() as demo:
    x, y, text = gr.Number(label="x"), gr.Number(label="y"), gr.Textbox()
    button = gr.Button()
    button.click(double, x, y)
    button.click(double, x, y)
    button.click(double, x, y, api_name="double")
    button.click(double, x, y, api_name="with space")
    button.click(double, x, y, api_name="slashed/name")
    button.click(double, x, y, api_name="documented", api_description="In other words.")
    button.click(double, x, y, api_name="undescribed", api_description=False)
    button.click(double, x, y, api_name="hidden", api_visibility="undocumented")
    button.click(double, x, y, api_name="secret", api_visibility="private")
    button.click(double, x, y, api_name=None)
    button.click(lambda x: x, x, y)
    button.click(lambda x: -x, x, y)
    button.click(calls.method, x, y)
    button.click(calls, x, y, api_name="instance")
    button.click(with_reserved, [text, text], text)
    button.click(None, js="() => 1")
    button.click(None, x, y, js="(x) => x", api_name="scripted")
    button.click(double, x, y, js="(x) => x + 1", api_name="prepared")
    x.change(double, x, y, queue=False, api_name="at once")
    button.click(double, x, y, show_progress="minimal", scroll_to_output=True, trigger_mode="multiple")
    button.click(double, x, y, concurrency_limit=3, concurrency_id="both", time_limit=5, stream_every=1)

demo.launch()
