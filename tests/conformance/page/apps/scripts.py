"""What the author of an app lets the page run, in Gradio's own words."""

import gradio as gr

LIST = """
<ul>{{#each value}}<li title="${unit}">{{this.name}}: ${value.length}{{unit}}</li>{{else}}<li>none</li>{{/each}}</ul>
<button class="adds">Add one</button>"""
SCRIPT = """
element.addEventListener("click", (event) => {
  if (!event.target.matches(".adds")) return;
  props.value = [...props.value, { name: `item ${props.value.length}` }];
  trigger("added", { count: props.value.length });
});
watch("value", () => { document.documentElement.dataset.watched = element.querySelectorAll("li").length; });
"""


def told(event: gr.EventData) -> str:
    return f"{event.count} now"


def opened() -> str:
    return "opened"


with gr.Blocks() as demo:
    first = gr.Textbox(label="First")
    second = gr.Textbox(label="Second")
    third = gr.Textbox(label="Third")
    gr.Button("Before").click(lambda text: f"got {text}", first, second, js="(text) => text.toUpperCase()")
    gr.Button("Alone").click(None, [first, second], [second, third], js="async (a, b) => [b + '!', a + '?'];")
    gr.Button("Stated").click(None, first, third, js="const more = ' stated'; return (text) => text + more;")
    gr.Button("Chained").click(None, None, first, js="() => 'one'").then(lambda text: text + " two", first, third)
    demo.load(opened, None, second).then(None, second, third, js="(text) => text + ' and seen'")
    style = "li { color: ${color}; }"
    options = {"unit": "pc", "color": "rgb(1, 2, 3)"}
    items = gr.HTML([{"name": "a<b"}], html_template=LIST, css_template=style, js_on_load=SCRIPT, **options)
    items.added(told, None, first)
    items.change(lambda value: str(len(value)), items, second)
    gr.Button("Reset").click(lambda: [{"name": "new"}, {"name": "newer"}], None, items)

if __name__ == "__main__":
    demo.launch()
