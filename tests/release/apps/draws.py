"""Draws in every place and of every kind that holds in all environments of a release; tells what it has."""

import functools
import json
import os
import random
import secrets
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from uuid import uuid4

import adapter as gr
from adapter.state.codec import encode


class Suit(Enum):
    HEARTS = "h"
    SPADES = "s"


@dataclass
class Card:
    number: int = field(default_factory=lambda: random.randrange(10**9))


class Deck:
    shared = random.randrange(10**9)

    def __init__(self) -> None:
        self.cards = [Card() for _ in range(3)]
        self.lock = object()  # what cannot be stored leaves the rest of its object alone


def big() -> int:
    return random.randrange(10**9)


a_list = [big(), big()]
the_same_list = a_list
a_dict = {big(): [big()]}
a_set = {big(), big()}
a_frozenset = frozenset({big()})
a_tuple = (big(), "x")
a_deque = deque([big()], maxlen=3)
a_counter = Counter({big(): 1})
an_ordered = OrderedDict({"a": big()})
a_text, an_id, some_bytes, a_float = secrets.token_hex(8), uuid4(), os.urandom(8), random.random()
a_decimal = Decimal(big())
a_moment, a_day, a_span, a_time = datetime.now(), date.today(), timedelta(seconds=random.random()), time.time()
a_suit = random.choice(list(Suit))
a_card = Card()
a_deck = Deck()
words_of_a_set = list({f"word {place}" for place in range(20)})


def closing(value: int) -> Callable[[], int]:
    def get() -> int:
        return value

    return get


def counting() -> Callable[..., list[int]]:
    seen = [big()]

    def get(more: int = big(), *, last: int = big()) -> list[int]:
        return [*seen, more, last]

    return get


in_closure, in_closure_and_defaults = closing(big()), counting()
in_partial = functools.partial(sorted, [big(), big()])
in_a_dict = {"fn": closing(big()), "order": [big()]}

with gr.Blocks(title=f"at {time.time()}") as demo:
    gr.Radio(a_list, label="radio", type="index")
    gr.Dropdown([str(big())], label="dropdown")
    gr.CheckboxGroup(words_of_a_set, label="group", elem_id=f"id{big()}")
    gr.Slider(0, 10**9 + big(), value=big(), label="slider", randomize=False)
    gr.Textbox(str(uuid4()), label="text", placeholder=str(big()))
    gr.Markdown(f"Today is {a_moment}")
    gr.JSON({"a": big()}, label="json")
    gr.DateTime(a_moment.timestamp(), label="when")
    gr.Examples([[str(big())]], gr.Textbox(label="example"))
    gr.Number(big, label="asked anew")
    for value in (a_text, a_list, {"b": a_set}, a_card, a_moment, a_suit):
        gr.State(value)
    in_global = gr.GlobalState([big()], name="in global")
    for fn in (in_closure, in_closure_and_defaults, in_partial):
        gr.Button().click(fn, None, gr.JSON())
    gr.Button().click(lambda: in_a_dict["order"], None, gr.JSON())

handler = gr.handler(demo)


def told() -> dict[str, object]:
    """Return what this process has, by the place it has it in."""
    names = [name for name, value in globals().items() if name.startswith(("a_", "an_", "words", "some", "the_same"))]
    config = demo.get_config_file()
    shown = {
        f"{one['type']} {one['props'].get('label')}": one["props"]
        for one in config["components"]
        if one["props"].get("label") != "asked anew"
    }
    return {
        **{name: encode(globals()[name], name=name).hex() for name in names if name != "a_deck"},
        "a_deck": [repr(card) for card in a_deck.cards],
        "class": Deck.shared,
        "same": the_same_list is a_list,
        "closure": in_closure(),
        "defaults": in_closure_and_defaults(),
        "partial": in_partial(),
        "global": gr.global_handle(in_global).initial(),
        "title": config["title"],
        "states": [encode(state.variable.initial(), name="state").hex() for state in demo.states],
        "shown": shown,
    }


if __name__ == "__main__":
    print(json.dumps(told(), default=str))
