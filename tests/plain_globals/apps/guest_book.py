import gradio as gr
import pandas as pd

book = pd.DataFrame({"name": [], "words": []}, dtype="object")
pages = []


def sign(name, words):
    global book
    book = pd.concat([book, pd.DataFrame([{"name": name, "words": words}])], ignore_index=True)
    pages.append((name, len(words)))
    return book.to_dict("records"), len(book)


def strike(row):
    global book, pages
    book = book.drop(index=int(row)).reset_index(drop=True)
    pages = [page for number, page in enumerate(pages) if number != int(row)]
    return [list(page) for page in pages]


with gr.Blocks() as demo:
    name, words, row = gr.Textbox(), gr.Textbox(), gr.Number()
    shown, count, left = gr.JSON(), gr.Number(), gr.JSON()
    gr.Button().click(sign, [name, words], [shown, count], api_name="sign")
    gr.Button().click(strike, row, left, api_name="strike")

demo.launch()
