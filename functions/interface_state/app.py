"""Messages of one visitor: each session has a list of its own."""

import adapter as gr


def store_message(message: str, history: list[str]) -> tuple[dict[str, str | list[str]], list[str]]:
    shown: dict[str, str | list[str]] = {"Current messages": message, "Previous messages": history[::-1]}
    return shown, [*history, message]


demo = gr.Interface(
    store_message,
    ["textbox", gr.State([])],
    ["json", gr.State()],
    title="Your messages",
    description="A reload starts a new session, with an empty list.",
    api_name="predict",
)
handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
