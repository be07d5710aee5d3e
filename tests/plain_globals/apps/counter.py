import gradio as gr

visits = 0
best, last_name = 0.0, ""


def visit(name):
    global visits, last_name
    visits += 1
    greeting = f"{name} is visitor {visits:03d}; before: {last_name or 'nobody'}"
    last_name = name
    return greeting


def reset(to):
    global visits
    visits = int(to)
    return visits


with gr.Blocks() as demo:
    name, to = gr.Textbox(), gr.Number()
    said, number = gr.Textbox(), gr.Number()
    gr.Button("Visit").click(visit, name, said, api_name="visit")
    gr.Button("Reset").click(reset, to, number, api_name="reset")

demo.launch()
