import gradio as gr

rooms = {}
online = set()


def enter(name, room):
    online.add(name)
    rooms.setdefault(room, [])
    return sorted(online), list(rooms)


def say(name, room, text):
    messages = rooms[room]
    if text == "/clear":
        messages[:] = []
    elif text == "/leave":
        online.discard(name)
        messages.append({"who": name, "text": "left"})
    else:
        messages.append({"who": name, "text": text})
    return messages


def read(room):
    return [f"{one['who']}: {one['text']}" for one in rooms.get(room, [])]


def who():
    return " & ".join(sorted(online))


with gr.Blocks() as demo:
    name, room, text = gr.Textbox(), gr.Textbox(), gr.Textbox()
    people, names, log, line = gr.JSON(), gr.JSON(), gr.JSON(), gr.Textbox()
    text.submit(enter, [name, room], [people, names], api_name="enter")
    text.submit(say, [name, room, text], log, api_name="say")
    text.submit(read, room, log, api_name="read")
    text.submit(who, None, line, api_name="who")

if __name__ == "__main__":
    demo.queue().launch()
