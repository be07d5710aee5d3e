"""Guess a word, letter by letter; a function that returns a dict of what it changes."""

import gradio as gr

WORD = "serverless"


def masked(guessed):
    return "".join(letter if letter in guessed else "_" for letter in WORD)


with gr.Blocks() as demo:
    tried = gr.State([])
    word = gr.Textbox(label="Word", value=masked([]))
    with gr.Row():
        letter = gr.Textbox(label="Letter", max_length=1)
        button = gr.Button("Guess")
    so_far = gr.Textbox(label="Tried so far")
    verdict = gr.Markdown()

    def guess(letter, tried):
        if letter in tried:
            return {verdict: f"{letter} was tried before"}
        tried = [*tried, letter]
        changes = {tried_state: tried, so_far: ", ".join(tried), word: masked(tried)}
        if "_" not in changes[word]:
            changes[verdict] = "**won**"
            changes[button] = gr.Button(interactive=False)
        return changes

    tried_state = tried
    button.click(guess, [letter, tried], [tried, so_far, word, verdict, button])

if __name__ == "__main__":
    demo.launch()
