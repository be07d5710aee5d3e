"""The Python side: what goes over the wire, and what a function gets and returns."""

from pathlib import Path
from typing import Any

import adapter as gr


class MoveData(gr.EventData):
    """What a visitor moved: the text of the card, from which column to which, and to which place there."""

    NEEDED = ("card", "source", "goal", "index")
    card: str
    source: str
    goal: str
    index: int


class Board(gr.Component):
    """Cards in columns, moved with the mouse or the arrow keys; the function gets and returns a dict of lists.

    Args:
        value: the texts of the cards, by the names of the columns, in order.
        options: as those of every component: ``label``, ``interactive``, ``visible`` and so on.
    """

    TYPE = "board"
    MODULE = Path(__file__).with_name("board.js")
    move = gr.Event()
    change = gr.Event()

    def __init__(self, value: dict[str, list[str]] | None = None, **options: Any) -> None:
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> dict[str, list[str]]:
        """Return the board that a page or a client sent."""
        lists = data.values() if isinstance(data, dict) else [None]
        if not all(isinstance(cards, list) and all(isinstance(card, str) for card in cards) for cards in lists):
            raise self.invalid(data, "an object of columns, each a list of texts,")
        return dict(data)

    def postprocess(self, value: dict[str, list[str]] | None) -> dict[str, list[str]]:
        """Return the board as the wire has it."""
        return {str(column): [str(card) for card in cards] for column, cards in (value or {}).items()}

    def api_info(self) -> dict[str, Any]:
        """Return the JSON schema of a board."""
        cards = {"type": "array", "items": {"type": "string"}}
        return {"type": "object", "additionalProperties": cards}

    def example_payload(self) -> Any:
        """Return a board for the API's documentation."""
        return {"To do": ["Write"], "Done": []}
