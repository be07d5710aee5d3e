"""Texts that would run as scripts if any of them were parsed as HTML, in every place that shows text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import adapter as gr
from adapter.components.code import Code
from adapter.components.html import HTML

IMAGE = "<img src=x onerror='window.hacked = 1'>"
PAYLOADS = [
    IMAGE,
    "<script>window.hacked = 1</script>",
    "<svg onload='window.hacked = 1'></svg>",
    "<svg><script>window.hacked = 1</script></svg>",
    "<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe>",
    "<a href='javascript:window.hacked = 1'>click me</a>",
    "<a href='JaVaScRiPt&colon;window.hacked = 1'>click me</a>",
    "<a href=' &#106;avascript:window.hacked = 1'>click me</a>",
    "<a href='data:text/html,<script>opener.hacked = 1</script>'>click me</a>",
    "[click me](javascript:window.hacked=1)",
    "[click me](<java\tscript:window.hacked=1>)",
    "![x](javascript:window.hacked=1)",
    "<p style='background: url(https://example.org/x)'>styled</p>",
    "<style>body { display: none }</style>",
    "<form action='/elsewhere'><button formaction='javascript:window.hacked = 1'>click me</button></form>",
    "<base href='https://example.org/'>",
    "<meta http-equiv='refresh' content='0; url=https://example.org/'>",
    "<details open ontoggle='window.hacked = 1'><summary>x</summary></details>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=window.hacked=1&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=window.hacked=1>'>",
    "<input autofocus onfocus='window.hacked = 1'>",
    "</script><script>window.hacked = 1</script>",
    "<object data='javascript:window.hacked = 1'></object>",
    "<img src='x' alt=\"`onerror=window.hacked=1\" / onerror = window.hacked=1>",
    "<img srcset='x' onerror='window.hacked = 1'>",
    "<video><source onerror='window.hacked = 1'></video>",
    "<audio src=x onerror='window.hacked = 1'></audio>",
    "<body onload='window.hacked = 1'>",
    "<svg><a xlink:href='javascript:window.hacked = 1'><text>click me</text></a></svg>",
    "<svg><animate onbegin='window.hacked = 1' attributeName=x dur=1s></svg>",
    "<svg><set attributeName=href to='javascript:window.hacked = 1'></svg>",
    "<embed src='javascript:window.hacked = 1'>",
    "<iframe src='javascript:parent.hacked = 1'></iframe>",
    "<marquee onstart='window.hacked = 1'>x</marquee>",
    "<template><img src=x onerror='window.hacked = 1'></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror='window.hacked = 1'>",
    "<math href='javascript:window.hacked = 1'>click me</math>",
    "<a href='java\nscript:window.hacked = 1'>click me</a>",
    "<a href='\x01javascript:window.hacked = 1'>click me</a>",
    "<a href='vbscript:window.hacked = 1'>click me</a>",
    "<div style='animation-name: x' onanimationstart='window.hacked = 1'>x</div>",
    "<button popovertarget=x onclick='window.hacked = 1'>click me</button>",
    "<javascript:window.hacked=1>",
    "[click me][evil]\n\n[evil]: javascript:window.hacked=1",
    "[click me](&#x6A;avascript:window.hacked=1 'title')",
    '[click me](//example.org/" onmouseover="window.hacked=1)',
    '![x](x" onerror="window.hacked=1)',
    "`<img src=x onerror='window.hacked = 1'>`",
    "```html\n<script>window.hacked = 1</script>\n```",
    "| <img src=x onerror='window.hacked = 1'> |\n| --- |\n| <script>window.hacked = 1</script> |",
]
ALL = "\n\n".join(PAYLOADS)


def answer(message: str) -> tuple[Any, ...]:
    """Return the message in every kind of output."""
    return message, {message: [message]}, {message: 0.5, ALL: 0.5}, message, message, gr.update(label=message)


def fail(message: str) -> None:
    """Raise the message."""
    raise gr.Error(message, title=message)


def tell(message: str, progress: gr.Progress = gr.Progress()) -> Iterator[Any]:  # noqa: B008 - as Gradio has it
    """Say the message as progress, then in a conversation: as text, thought and options."""
    progress(0.5, desc=message)
    thought = {"role": "assistant", "content": message, "metadata": {"title": message, "status": "pending"}}
    option = {"role": "assistant", "content": ALL, "options": [{"value": message, "label": message}]}
    yield [{"role": "user", "content": message}, thought, option], [(message, message), (ALL, None)], message


def warn(message: str) -> None:
    """Tell the message."""
    gr.Warning(message, title=message)


with gr.Blocks(title=IMAGE) as demo:
    gr.Markdown(ALL)
    HTML(ALL)
    message = gr.Textbox(label="Message", info=IMAGE, placeholder=IMAGE)
    with gr.Accordion(IMAGE):
        choice = gr.Radio([IMAGE, "other"], label=IMAGE)
        gr.Dropdown([IMAGE, "other"], value=IMAGE, label=IMAGE)
        gr.Dropdown([(IMAGE, index) for index in range(20)], value=[1], multiselect=True, label="Many")
    with gr.Tabs(), gr.Tab(IMAGE):
        gr.Number(label=IMAGE)
    text = gr.Textbox(label="Text", interactive=False)
    tree = gr.JSON(label=IMAGE, value={IMAGE: [IMAGE]})
    label = gr.Label(label=IMAGE)
    markdown = gr.Markdown()
    html = HTML()
    button = gr.Button("Answer")
    code = Code(value=ALL, label=IMAGE, interactive=False)
    gr.Dataset(components=[message], samples=[[IMAGE]], label=IMAGE)
    gr.Dataset(components=[message, choice], samples=[[IMAGE, IMAGE]], headers=[IMAGE, IMAGE], label=IMAGE)
    button.click(answer, message, [text, tree, label, markdown, html, choice], api_name="answer")
    chat = gr.Chatbot(label=IMAGE, placeholder=ALL, examples=[{"text": IMAGE, "display_text": IMAGE}])
    marked = gr.HighlightedText([(IMAGE, IMAGE), (ALL, None)], label=IMAGE, show_legend=True)
    program = gr.Code(label=IMAGE, language="html", interactive=True)
    gr.Button("Tell").click(tell, message, [chat, marked, program], api_name="tell", api_description=IMAGE)
    gr.Button(IMAGE).click(lambda: None, None, None, api_name=False)
    gr.DateTime(label=IMAGE, info=IMAGE)
    gr.ColorPicker(label=IMAGE, info=IMAGE)
    gr.Checkbox(label=IMAGE, info=IMAGE)
    gr.CheckboxGroup([IMAGE], value=[IMAGE], label=IMAGE, show_select_all=True)
    gr.Slider(label=IMAGE, info=IMAGE)
    gr.Button("Fail").click(fail, message, text, api_name="fail")
    gr.Button("Warn").click(warn, message, None, api_name="warn")

handler = gr.handler(demo)
