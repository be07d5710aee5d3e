import adapter as gr

with gr.Blocks(title="Drawn") as demo:
    tasks = gr.State([])
    new = gr.Textbox(label="New task")
    done = gr.Textbox(label="Last done")

    new.submit(lambda text, known: ([*known, text], ""), [new, tasks], [tasks, new])

    @gr.render(inputs=tasks)
    def show(known: list[str]) -> None:
        gr.Markdown(f"{len(known)} tasks")
        for place, task in enumerate(known):
            with gr.Row():
                box = gr.Textbox(task, label=f"Task {place}", key=f"task-{place}")
                note = gr.Textbox(label=f"Note {place}")
                finish = gr.Button(f"Finish {task}")

            def finished(said: str, all_tasks: list[str], task: str = task) -> tuple[list[str], str]:
                return [one for one in all_tasks if one != task], f"{task}: {said}"

            box.submit(lambda text, all_tasks: [*all_tasks, text], [box, tasks], tasks)
            finish.click(finished, [note, tasks], [tasks, done])

    count = gr.Number(1, label="Count")
    show_more = gr.Button("Draw")

    with gr.Row():

        @gr.render(inputs=count, triggers=show_more.click)
        def columns(number: float) -> None:
            boxes = [gr.Number(place, label=f"Part {place}") for place in range(int(number))]
            total = gr.Number(label="Total")
            with gr.Row():
                add = gr.Button("Add")
            add.click(lambda *parts: sum(parts), boxes, total).then(lambda: "added", None, done)
            tick = gr.Timer(0.2)
            ticks = gr.Number(0, label="Drawn ticks")
            tick.tick(lambda value: value + 1, ticks, ticks)
            if number == 3:
                gr.Dropdown(["a", "b"], value="a", label="Loaded when asked for")


if __name__ == "__main__":
    demo.launch()
