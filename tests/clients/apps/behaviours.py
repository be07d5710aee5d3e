"""One endpoint for each thing that a client may meet."""

from collections.abc import AsyncIterator, Iterator

import adapter as gr


def count(upto: float) -> Iterator[tuple[str, list[int]]]:
    for number in range(1, int(upto) + 1):
        yield f"{number} of {upto:g}", list(range(number))


async def count_async(upto: float) -> AsyncIterator[tuple[str, list[int]]]:
    for pair in count(upto):
        yield pair


def break_off(upto: float) -> Iterator[tuple[str, list[int]]]:
    yield from count(upto)
    raise gr.Error("that was all")


async def double(number: float) -> float:
    return number * 2


def refuse(number: float) -> float:
    raise gr.Error(f"{number:g} is not welcome", title="Refused")


def crash(number: float) -> float:
    raise RuntimeError("the password is 1234")


def tell(text: str) -> str:
    gr.Info(f"{text} has come")
    gr.Warning(f"{text} is late", title="Late")
    return text


def who(request: gr.Request) -> dict[str, object]:
    return {"session": request.session_hash, "flavour": request.headers.get("x-flavour"), "method": request.method}


def keep(text: str, kept: list[str]) -> list[str]:
    kept.append(text)
    if text == "bad":
        raise ValueError(text)
    return kept


def total(number: float, sum_: float = 100) -> tuple[float, float]:
    return sum_ + number, sum_ + number


def pick(fruit: str, count: float = 1) -> str:
    return f"{count:g} × {fruit}"


def pass_on(anything: object) -> object:
    return anything


with gr.Blocks() as demo:
    number, text, anything = gr.Number(label="Number"), gr.Textbox(label="Text"), gr.JSON(label="Anything")
    fruit = gr.Dropdown(["apple", "pear"], label="Fruit")
    kept, sum_ = gr.State([]), gr.State(100)
    button = gr.Button()
    button.click(double, number, number)  # the first, since the JavaScript client treats number 0 in its own way
    button.click(count, number, [text, anything])
    button.click(count_async, number, [text, anything])
    button.click(break_off, number, [text, anything])
    button.click(refuse, number, number)
    button.click(crash, number, number)
    button.click(tell, text, text)
    button.click(who, None, anything)
    button.click(keep, [text, kept], anything)
    button.click(total, [number, sum_], [number, sum_], queue=False)
    button.click(refuse, number, number, queue=False, api_name="refuse_at_once")
    button.click(crash, number, number, queue=False, api_name="crash_at_once")
    button.click(tell, text, text, queue=False, api_name="tell_at_once")
    button.click(pick, [fruit, number], text)
    button.click(pass_on, anything, anything)

handler = gr.handler(demo)
