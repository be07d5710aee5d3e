"""Draws by chance and by the clock wherever a script may: what one environment drew must hold in all."""

import functools
import random
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import adapter as gr

names = [f"name {place}" for place in range(12)]
random.shuffle(names)
capitals = {name: str(uuid4()) for name in names}
KEY = str(uuid4())
ids = [str(uuid4()) for _ in range(4)]


class Quiz:
    """A riddle whose answer was drawn."""

    def __init__(self) -> None:
        self.order = random.sample(range(100), 10)
        self.made = datetime.now()

    def nth(self, place: float) -> int:
        return self.order[int(place)]


quiz = Quiz()


def picker(drawn: list[int]) -> Callable[[float], int]:
    return lambda place: drawn[int(place)]


def pick(place: int) -> str:
    return names[place]


def look_up(name: str) -> str:
    return capitals[name]


def keep(value: object) -> tuple[str, object]:
    return str(sorted(value) if isinstance(value, set) else value), value  # a set promises no order


def partial(drawn: list[int], place: float) -> int:
    return drawn[int(place)]


def default(place: float, drawn: list[int] = random.sample(range(1000), 10)) -> int:
    return drawn[int(place)]


with gr.Blocks() as demo:
    shuffled, given = gr.Radio(names, type="index", label="Who?"), gr.Textbox()
    shuffled.change(pick, shuffled, given, api_name="pick")
    listed = gr.Dropdown(names, label="Of whom?")
    listed.change(look_up, listed, given, api_name="look_up")
    chosen = gr.CheckboxGroup(ids, label="Ids")
    chosen.change(lambda values: ",".join(values), chosen, given, api_name="ids")
    drawn = {"uuid": str(uuid4()), "shuffled": list(names), "clock": datetime.now(), "set": {*names}}
    for kind, value in drawn.items():
        state = gr.State(value)
        gr.Button().click(keep, state, [given, state], api_name=f"state_{kind}")
    place, number = gr.Number(value=random.randrange(10**9)), gr.Number()
    for name, fn in (
        ("closure", picker(random.sample(range(1000), 10))),
        ("method", quiz.nth),
        ("partial", functools.partial(partial, random.sample(range(1000), 10))),
        ("default", default),
    ):
        place.change(fn, place, number, api_name=name)
    gr.Button().click(lambda: KEY, None, given, api_name="key")
    first = gr.GlobalState([str(uuid4())], name="first")
    gr.Button().click(lambda: first[0], None, given, api_name="first")

if __name__ == "__main__":
    demo.launch()
