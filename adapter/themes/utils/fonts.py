"""Fonts by name. The page loads none from elsewhere: a visitor sees one who has it installed."""

from __future__ import annotations

from collections.abc import Iterable

GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji", "fangsong")
"""Names that stand for a kind of font, and are written without quotes; so are those that begin with ``ui-``."""


class Font:
    """A font that visitors have.

    Args:
        name: of the family.
    """

    loads = False
    """Whether Gradio would send it to visitors who do not have it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name if self.name in GENERIC or self.name.startswith("ui-") else f'"{self.name}"'

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Font) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


class LocalFont(Font):
    """A font that Gradio's server would send.

    Args:
        name: of the family.
        weights: taken for Gradio's sake.
    """

    loads = True

    def __init__(self, name: str, weights: Iterable[int] = (400, 600)) -> None:
        super().__init__(name)
        self.weights = tuple(weights)


class GoogleFont(LocalFont):
    """A font that Gradio's page would load from Google's servers."""
