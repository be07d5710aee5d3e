"""What the author of an app lets the page run."""

from __future__ import annotations

import asyncio

import adapter as gr

HEAD = """
<meta name="description" content="Of the app">
<script>
  function shout(text) { return text.toUpperCase() + "!"; }  // a name for all scripts
</script>
<script>count = 1;</script>
<script type="module">window.modular = import.meta.url.includes("/scripts/");</script>
<script type="application/json" id="data">{"kept": true}</script>
<style>h2 { color: rgb(1, 2, 3); }</style>
<script src="https://cdn.example.com/elsewhere.js"></script>
"""
OPENED = "() => { document.documentElement.dataset.opened = Number(document.documentElement.dataset.opened ?? 0) + 1; }"
WAIT = "async (a, b) => { await new Promise((go) => setTimeout(go, 20)); return [b, a + count++]; };"


async def slowly(text: str) -> str:
    """Say what came."""
    await asyncio.sleep(0)
    return f"got {text}"


with gr.Blocks(title="Scripts", js=OPENED, head=HEAD) as demo:
    gr.Markdown("## Scripts")
    first, second, third = (gr.Textbox(label=name) for name in ("First", "Second", "Third"))
    gr.Button("Before").click(slowly, first, second, js="(text) => shout(text)")
    gr.Button("Alone").click(None, [first, second], [second, third], js=WAIT)
    gr.Button("Stated").click(None, first, third, js="const said = 'stated ';\nreturn (x) => said + x; // a comment")
    gr.Button("Called").click(None, None, third, js="shout('a'); return shout('b')")
    gr.Button("Nothing").click(slowly, first, second, js="() => { window.done = 'nothing'; }")
    failing = gr.Button("Fail").click(slowly, first, third, js="() => { throw new Error('no luck'); }")
    failing.then(None, None, second, js="() => 'went on'")
    failing.success(None, None, first, js="() => 'never'")
    gr.Button("Dark").click(None, None, None, js="() => { document.body.classList.toggle('dark'); }")
    gr.Button("Broken").click(None, first, third, js="(x => ")
    gr.Button("Clear").click(None, None, [first, second, third], js="() => [null, null, null]")
    demo.load(None, None, first, js="function () { return 'loaded' } // at once")

    @gr.render(inputs=first, triggers=[third.change])
    def drawn(text: str) -> None:
        """Draw buttons: one with a script of the visitor's words, one with a script that the app has besides."""
        gr.Button("Drawn").click(None, None, second, js=f"() => '{text}'")
        gr.Button("Known").click(None, None, second, js="() => 'went on'")


handler = gr.handler(demo)
