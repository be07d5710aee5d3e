"""The parts of a page that a function draws, and what it has drawn for a session.

A drawn part has blocks and listeners that no other environment knows. What the function was given is kept with
the session, and the numbers of what it draws follow from that: an environment that is asked for a listener of the
part, and has not drawn it, draws it again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from adapter import context
from adapter.app.blocks import Blocks
from adapter.app.listener import Dependency, Target
from adapter.app.listener_options import ListenerOptions
from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Endpoint, convert_failures
from adapter.calls.inputs import by_component, input_value, slots, special_values
from adapter.calls.notices import collect
from adapter.components.base import Block
from adapter.components.layout import Layout
from adapter.components.state import State
from adapter.errors import ConfigurationError, NotFound
from adapter.files.in_call import using
from adapter.state.copies import private_copy
from adapter.state.session import StateVariable
from adapter.state.transaction import Transaction, running
from adapter.state.warm_store import WarmStore

SPACE = 10**9
"""Numbers of one part: its blocks and listeners begin at ``(its place + 1) * SPACE``; the page's own are below."""
ROOM = 10_000
"""Numbers of one drawing: so many blocks, and so many listeners, a part may have."""
DRAWINGS = SPACE // ROOM
"""Drawings of a part have so many numbers; then they start again."""

DRAWN = StateVariable("(drawn)", {})
"""By the part's place: the number of its last drawing, what it was drawn from, and the numbers of its keys."""


class Drawing(Blocks):
    """What a function has drawn: a page of its own, whose numbers follow from its part's and the drawing's.

    Attributes:
        part: what it is a drawing of.
        keys: the numbers of blocks with a key, which they have in all drawings.
    """

    def __init__(self, part: Part, number: int, keys: dict[str, int]) -> None:
        self.part = part
        self.first = (part.place + 1) * SPACE + number * ROOM
        self.keys: dict[str, int] = {}
        self._known_keys = keys
        super().__init__()

    def know(self, block: Block) -> None:
        if block.key is not None:
            key = repr(block.key)
            if self.keys.get(key, block.id) != block.id:
                raise ConfigurationError(f"a part of the page has two blocks of the key {key}; give each its own.")
            self.keys[key] = block.id = self._known_keys.get(key, block.id)
        super().know(block)

    def _add(self, targets: Sequence[Target], options: ListenerOptions, **given: Any) -> Dependency:
        return super()._add(targets, replace(options, rendered_in=self.part.place), **given)

    def finish(self) -> None:
        """Give the States names of their own.

        Raises:
            ConfigurationError: there are more blocks or listeners than the part has numbers.
        """
        for place, state in enumerate(self.states):
            state.call_it(f"part-{self.part.place}-{place if state.key is None else repr(state.key)}")
        if max(len(self.blocks), len(self.listeners)) >= ROOM:
            raise ConfigurationError(f"a part of the page has {len(self.blocks):,} blocks; it may have {ROOM - 1:,}.")


class Part:
    """A place of a page that a function draws.

    Attributes:
        fn: the function.
        container: the layout that its blocks stand in.
        place: among the parts of the page.
        endpoint: draws it, on the part's triggers.
    """

    endpoint: PartEndpoint

    def __init__(self, fn: Callable[..., Any], container: Layout, place: int) -> None:
        self.fn = fn
        self.container = container
        self.place = place

    def draw(self, arguments: Sequence[Any], number: int, keys: dict[str, int]) -> Drawing:
        """Call the function and return what it has drawn."""
        first = (self.place + 1) * SPACE + number * ROOM
        numbers = context.numbers.set(count(first))
        try:
            drawing = Drawing(self, number, keys)
            with drawing:
                self.fn(*arguments)
            drawing.finish()
            return drawing
        finally:
            context.numbers.reset(numbers)


class PartEndpoint(Endpoint):
    """Draws a part, and notes with the session from what."""

    part: Part

    def invoke(self, positional: list[Any], keywords: Mapping[str, Any], call: Call, transaction: Transaction) -> Any:
        transaction.join(DRAWN)
        drawn = transaction.value(DRAWN)
        before = drawn.get(str(self.part.place), {"number": secrets.randbelow(DRAWINGS), "keys": {}})
        number = (before["number"] + 1) % DRAWINGS
        states = [private_copy(transaction.value(one.variable)) for one in self.inputs if isinstance(one, State)]
        sent = slots(self, call.data)
        data = [None if isinstance(kind, State) else one for one, kind in zip(sent, self.inputs, strict=True)]
        with convert_failures(self.title):
            drawing = self.part.draw(positional, number, before["keys"])
        for state in drawing.states:
            if state.key is None:  # as in Gradio: what has no key starts anew
                transaction.join(state.variable)
                transaction.put(state.variable, state.variable.initial())
        drawn[str(self.part.place)] = {"number": number, "data": data, "states": states, "keys": drawing.keys}
        return drawing

    def postprocess(self, returned: Any, transaction: Transaction) -> list[Any]:
        return [returned]

    def finish(self, step: Step, transaction: Transaction) -> Step:
        (drawing,) = step.data
        if transaction.session is not None:  # only now is its number no other drawing's
            transaction.warm_store.made.put((transaction.session.digest(), drawing.first), drawing)
        return replace(step, data=[None], drawing=drawing)

    def again(self, call: Call, warm_store: WarmStore, number: int) -> Drawing:
        """Draw again what a session was shown last.

        Args:
            call: its session, request and files.
            warm_store: where the session's state is.
            number: of the drawing.

        Raises:
            NotFound: the session was shown another drawing since, or none.
        """
        transaction = Transaction(warm_store, session=call.session)
        transaction.join(DRAWN)
        drawn = transaction.value(DRAWN).get(str(self.part.place))
        if call.session is None or drawn is None or drawn["number"] != number:
            raise NotFound("this part of the page has been drawn anew since; use what it shows now.")
        states = iter(drawn["states"])
        with running(transaction), using(call.files), collect(lambda _: None), convert_failures(self.title):
            values = [
                next(states) if isinstance(one, State) else input_value(self, position, data, transaction)
                for position, (one, data) in enumerate(zip(self.inputs, drawn["data"], strict=True))
            ]
            positional = self.parameters.fill(by_component(self, values), special_values(self, call))
            return self.part.draw(positional, number, drawn["keys"])


def drawing_of(page: Blocks, fn_index: int, call: Call, warm_store: WarmStore) -> Drawing | None:
    """Return the drawing that a listener's number is of, as the caller's session was shown it.

    Args:
        page: the app.
        fn_index: the number; ``None`` is returned for one of the page's own.
        call: its session, request and files.
        warm_store: where the session's state is.

    Raises:
        NotFound: the session was shown another drawing since, or there is no such part.
    """
    place, rest = divmod(fn_index, SPACE)
    if place <= 0:
        return None
    if place > len(page.parts):
        raise NotFound(f"there is no fn_index {fn_index}: the page has {len(page.parts)} parts that are drawn.")
    first = fn_index - rest % ROOM
    name = ("" if call.session is None else call.session.digest(), first)
    found: Drawing | None = warm_store.made.get(name)
    if found is None:
        found = page.parts[place - 1].endpoint.again(call, warm_store, rest // ROOM)
        warm_store.made.put(name, found)
    return found
