"""Components that an app's author makes of templates."""

from __future__ import annotations

from typing import Any

import adapter as gr

LIST = """
<ul>{{#each value}}<li class="{{#if done}}done{{/if}}" style="padding-left: 3px">{{@index}}: {{text}}</li>{{else}}
<li>nothing</li>{{/each}}</ul>
<input id="new" placeholder="${placeholder}" aria-label="New"><button>Add</button>
<svg viewBox="0 0 10 10" width="20"><circle cx="5" cy="5" r="4" fill="blue"></circle></svg>
<b>${value.length} of ${`${value.filter((one) => one.done).length}`} \\x41</b>
"""
STYLE = "li { color: ${color}; } .done { text-decoration-line: line-through; } margin-left: 7px;"
SCRIPT = """
added = 0;
const input = element.querySelector("#new");
element.querySelector("button").addEventListener("click", () => {
  added += 1;
  props.value = [...props.value, { text: input.value, done: false }];
  trigger("added", { text: input.value, count: added });
});
watch(["value", "color"], () => { element.dataset.watched = element.querySelectorAll("li").length; });
"""
CARD = """
<style>.card { color: rgb(1, 2, 3) } body { color: red }</style>
<div class="card" id="mine" style="margin-left: 5px">In its own style</div>
"""
ATTACK = (
    "<style>body { color: red }</style><img src=x onerror='window.hacked = 1'><img/onload=hacked=1 style=top:0>"
    "<script>window.hacked = 1</script>${window.hacked = 1}"
)


class Todos(gr.HTML):
    """A list that is added to."""

    def __init__(self, value: Any = None, **options: Any) -> None:
        super().__init__(value or [], html_template=LIST, css_template=STYLE, js_on_load=SCRIPT, **options)

    def api_info(self) -> dict[str, Any]:
        """Say that it is a list."""
        return {"type": "array", "items": {"type": "object"}}


STARS = """
<h4>${label}</h4>
${Array.from({ length: 3 }, (_, i) => `<img class='${i < value ? "" : "faded"}' alt='star ${i + 1}' src='https://example.com/${i}.svg'>`).join("")}
"""
RATE = (
    "element.querySelectorAll('img').forEach((img, i) => img.addEventListener('click', () => (props.value = i + 1)));"
)


def told(event: gr.EventData) -> str:
    """Say what the event brought."""
    return f"{event.text} {event.count}"


def chosen(event: gr.EventData) -> str:
    """Say which."""
    return f"chose {event.choice}"


def total(one: int, two: int) -> int:
    """Add what the page's script gives."""
    return one + two


with gr.Blocks(title="Templates") as demo:
    todos = Todos([{"text": "a<b", "done": True}], placeholder="What?", color="rgb(1, 2, 3)", label="Todos")
    added, counted, clicked = (gr.Textbox(label=name) for name in ("Added", "Counted", "Clicked"))
    todos.added(told, None, added)
    todos.change(lambda value: str(len(value)), todos, counted)
    gr.Button("Set").click(lambda: [{"text": ATTACK, "done": False}], None, todos)
    gr.Button("Blue").click(lambda: gr.HTML(color="rgb(0, 0, 255)"), None, todos)
    with gr.HTML("end", html_template="<section><h3>${label}</h3>@children<p>${value}</p></section>", label="Box"):
        inner = gr.Textbox(label="Inner")
    raw = gr.HTML("<i>raw</i>", html_template="<div onclick='window.hacked = 1'>${value}{{{value}}}{{value}}</div>")
    gr.Button("Other").click(lambda: gr.update(html_template="${window.hacked = 1}"), None, raw)
    gr.Button("Raw").click(lambda: ATTACK, None, raw)
    raw.click(lambda: "clicked", None, clicked)
    gr.HTML("x", html_template="{{#if value}}<p>never closed</p>")
    gr.HTML("x", html_template="<p>${nothing.here}</p>", js_on_load="throw new Error('at once')")
    gr.HTML(None, html_template="<em>${value}|{{value}}</em>", elem_id="empty")

    script = "server.total(2, 3).then((sum) => { element.textContent = `sum ${sum}`; });"
    gr.HTML("asked", js_on_load=script, server_functions=[total], elem_id="asked")

    stars = gr.HTML(
        1, label="Stars", html_template=STARS, max_height=300, css_template=".faded { opacity: 0.3; }", js_on_load=RATE
    )
    stars.change(lambda value: f"rated {value}", stars, clicked)
    choice = gr.HTML(
        ["one", "two"],
        html_template="{{#each value}}<button class='choice'>{{this}}</button>{{/each}}",
        js_on_load="""
        element.querySelectorAll(".choice").forEach((button) =>
          button.addEventListener("click", () => trigger("click", { choice: button.innerText })));
        """,
    )
    choice.click(chosen, None, clicked)

    card = gr.HTML(CARD, elem_id="card")
    gr.HTML("<p class='card'>elsewhere</p>", elem_id="elsewhere")
    gr.Button("Attack the card").click(lambda: ATTACK, None, card)

    @gr.render(inputs=inner, triggers=[inner.submit])
    def drawn(text: str) -> None:
        """Draw a component that the app has, and one that holds what the visitor wrote."""
        Todos([{"text": text}], placeholder="p", color="red", elem_id="known")
        gr.HTML("shown", html_template=f"<p>{text}</p>", elem_id="unknown")


handler = gr.handler(demo)
