"""HTML values that try to lie over the page, or to change what is around them."""

import adapter as gr

STYLES = {
    "fixed": ".over { position: fixed; inset: 0; z-index: 99999; background: red }",
    "itself": "position: fixed; inset: 0; z-index: 99999; background: red",
    "absolute": ".over { position: absolute; inset: -3000px; z-index: 99999; background: red }",
    "margins": ".over { margin: -3000px; width: 6000px; height: 6000px; background: red }",
    "moved": ".over { width: 100vw; height: 100vh; transform: scale(50); background: red }",
    "shadow": ".over { box-shadow: 0 0 0 3000px red; outline: 3000px solid red }",
    "outside": ":not(&) { visibility: hidden } body:has(&) { visibility: hidden }",
    "broken out": "} }} body { visibility: hidden } * { visibility: hidden }",
}

with gr.Blocks() as demo:
    reach = gr.Button("Reach me")
    reached = gr.Textbox(label="Reached")
    reach.click(lambda: "reached", None, reached)
    shown = gr.HTML('<div class="over sf-toasts">over</div>')
    for name, style in STYLES.items():
        html = f"<style>{style}</style><div class='over'>{name}</div>"
        gr.Button(name).click(lambda html=html: html, None, shown)

if __name__ == "__main__":
    demo.launch()
