import adapter as gr

CSS = """
#named { outline: 3px solid var(--primary-500); }
.wide-one { letter-spacing: 2px; }
footer { visibility: hidden; }
"""

with gr.Blocks(title="Dressed") as demo:
    gr.Textbox(label="Named", elem_id="named")
    gr.Textbox(label="Classed", elem_classes=["wide-one", "other"])
    gr.Button("Main", variant="primary")
    gr.Button("Other")

if __name__ == "__main__":
    theme = gr.themes.Soft(primary_hue="teal", radius_size="none", font=["Noto Serif", "serif"])
    theme.set(button_primary_background_fill="*primary_200", body_background_fill="#fafafa")
    theme.set(body_background_fill_dark="#010203")
    demo.launch(theme=theme, css=CSS)
