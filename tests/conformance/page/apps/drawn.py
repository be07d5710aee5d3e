import gradio as gr

with gr.Blocks() as demo:
    tasks = gr.State([])
    new = gr.Textbox(label="New task")
    add = gr.Button("Add")
    done = gr.Textbox(label="Last done")
    add.click(lambda text, known: ([*known, text], ""), [new, tasks], [tasks, new])

    @gr.render(inputs=tasks)
    def show(known):
        gr.Markdown(f"{len(known)} tasks")
        for place, task in enumerate(known):
            with gr.Row():
                name = gr.Textbox(task, label=f"Task {place}", interactive=True, key=f"task-{place}")
                note = gr.Textbox(label=f"Note {place}", interactive=True)
                finish = gr.Button(f"Finish {task}")

            def finished(title, said, all_tasks, task=task):
                return [one for one in all_tasks if one != task], f"{title}: {said}"

            finish.click(finished, [name, note, tasks], [tasks, done])


if __name__ == "__main__":
    demo.launch()
