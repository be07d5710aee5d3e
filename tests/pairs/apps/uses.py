"""What functions do with a conversation, as scripts for Gradio 3 to 6 do it."""

import functools
from typing import Any

import adapter as gr


def appends(message, history):
    history.append((message, None))
    return "", history


def adds(message, history):
    return "", history + [[message, None]]


def unpacks(message, history):
    return [(user, bot) for user, bot in history]


def counts(message, history):
    for number, (user, bot) in enumerate(history or []):
        print(number, user, bot)


def reads(history):
    return history[-1][0]


def writes(history):
    history[-1][1] = ""
    history[-1][1] += "word"
    yield history


def replaces(history):
    history[-1] = ("a", "b")
    return history


def templates(message, history):
    """As a Space's template for Gradio 4 begins."""
    messages = [{"role": "system", "content": "Be kind."}]
    for val in history:
        if val[0]:
            messages.append({"role": "user", "content": val[0]})
    return messages


def by_name(message, history: list[tuple[str, str]]):
    return helper(history)


def unpacks_later(history):
    turns = history[-3:]
    for turn in turns:
        user, bot = turn
        print(user, bot)


def stars(message, history):
    return [*history, (message, "b")]


def in_messages(history):
    return [one["content"] for one in history]


def adds_messages(message, history):
    return history + [{"role": "user", "content": message}]


def gets(history):
    return history[-1].get("content")


def reads_parts(history):
    return history[-1]["content"][0]["text"]


def named_messages(history: list[dict[str, Any]]):
    return helper(history)


def chat_message(history):
    history.append(gr.ChatMessage("hi"))
    return history


def helper(history):
    return history


def slices(history):
    first, second = history[-2:]
    return history[:-1], first, second, len(history)


def zips(history):
    return [(user["content"], bot["content"]) for user, bot in zip(history[::2], history[1::2], strict=False)]


def both(history):
    if isinstance(history[-1], dict):
        return history[-1]["content"]
    return history[-1][1]


def looks(history):
    return [one[0] if isinstance(one, list) else "" for one in history]


class Bot:
    """An object that is called."""

    def __call__(self, history):
        return history[-1][0]

    def method(self, history):
        return history[-1]["role"]


first_of = lambda history: history[0][0]  # noqa: E731


PAIRS = [
    appends, adds, unpacks, counts, reads, writes, replaces, templates, by_name, unpacks_later, stars, Bot(), first_of,
    functools.partial(appends, "message"),
]
MESSAGES = [in_messages, adds_messages, gets, reads_parts, named_messages, chat_message, Bot().method]
EITHER = [helper, slices, both, looks, zips]
