from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypedDict

import gradio as gr


class Size(Enum):
    SMALL = "s"
    LARGE = "l"


@dataclass
class Order:
    item: str
    count: int = 1


class Place(TypedDict):
    street: str


def add_and_slice(a: int, b: int, c: list[str]) -> tuple[int, list[str]]:
    """Add two numbers, and slice a list by them."""
    return a + b, c[a:b]


def optional(x: str = "hi", y: float | None = None, z: Literal["a", "b"] = "a", u: int | str = 3) -> str:
    return f"{x} {y} {z} {u}"


def described(size: Size, place: Place, count: dict[str, int], pair: tuple[int, str], anything: Any) -> dict[str, Any]:
    return {"size": size, "place": place, "count": count, "pair": pair, "anything": anything}


def ordered(item: str, count: int) -> Order:
    return Order(item, count)


def counting(to: int) -> int:
    yield from range(to)


def nothing(flag: bool) -> None:
    return None


runs = []


@gr.cache
def remembered(word: str) -> str:
    runs.append(word)
    return f"{word} {len(runs)}"


@gr.cache(key=lambda given: given["word"].lower())
def spelled(word: str):
    for place in range(len(word)):
        yield word[: place + 1]


def noted(word: str, kept=gr.Cache(max_size=2)):
    kept.clear()
    kept.set(word, times=1)
    return f"{kept.get(word)} {kept.get('other')} {kept.keys()}"


def by_name(text, *, number, mark="!"):
    return f"{text} {number} {mark}"


def around(text, number, request: gr.Request):
    return f"{text} {number} {bool(request)}"


def header(text, x_gradio_user: gr.Header, no_such: gr.Header | None = None):
    return f"{text} {no_such}"


def properties(text: gr.Textbox, number):
    text.label = "Changed"
    return f"{text.value} {text.lines} {number}", text


with gr.Blocks() as demo:
    text, number, out = gr.Textbox("a", label="Text"), gr.Number(2, label="Number"), gr.Textbox(label="Out")
    button = gr.Button()
    for fn in (add_and_slice, optional, described, nothing, remembered):
        gr.api(fn)
    gr.api(ordered, api_name="order", api_description="Order something.")
    gr.api(counting, api_visibility="undocumented")
    button.click(spelled, text, out)
    button.click(noted, text, out)
    button.click(by_name, text, out, inputs_kwargs={"number": number})
    button.click(around, text, out, inputs_kwargs={"number": number})
    button.click(header, text, out)
    button.click(properties, [text, number], [out, text])

if __name__ == "__main__":
    demo.launch()
