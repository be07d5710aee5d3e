"""Gradio's ready-made themes: their hues, sizes and fonts. Their finer touches are its own page's."""

from __future__ import annotations

from typing import Any

from adapter.themes.base import MONO, SANS, Base
from adapter.themes.utils.fonts import LocalFont


def _looks(
    hues: str, sizes: str = "text_md spacing_md radius_md", font: str = "IBM Plex Sans", mono: str = "IBM Plex Mono"
) -> dict[str, Any]:
    names = ("primary_hue", "secondary_hue", "neutral_hue", "text_size", "spacing_size", "radius_size")
    chosen: dict[str, Any] = dict(zip(names, (*hues.split(), *sizes.split()), strict=True))
    return chosen | {"font": (LocalFont(font), *SANS), "font_mono": (LocalFont(mono), *MONO)}


class Default(Base):
    """Orange on grey: what Gradio's page looks like."""

    DEFAULTS = _looks("orange blue zinc", font="Source Sans Pro")


class Soft(Base):
    """Indigo on grey, with a round font."""

    DEFAULTS = _looks("indigo indigo gray", font="Montserrat")


class Monochrome(Base):
    """Black and white, with sharp corners and a font with serifs."""

    DEFAULTS = _looks("neutral neutral neutral", "text_md spacing_lg radius_none", "Lora")


class Glass(Base):
    """Blue on slate, small and close together."""

    DEFAULTS = _looks("blue slate slate", "text_sm spacing_sm radius_sm") | {
        "font": ("Optima", "Candara", "Noto Sans", "source-sans-pro", "sans-serif")
    }


class Ocean(Base):
    """Green and sky, with very round corners."""

    DEFAULTS = _looks("emerald sky zinc", "text_md spacing_md radius_xxl")


class Origin(Base):
    """What Gradio's page looked like up to its version 4."""

    DEFAULTS = _looks("orange blue gray", font="Source Sans Pro")


class Citrus(Base):
    """Amber on stone, with more space."""

    DEFAULTS = _looks("amber amber stone", "text_md spacing_lg radius_md", "Ubuntu", "Roboto Mono")


class Ember(Base):
    """Orange on stone."""

    DEFAULTS = _looks("orange orange stone", "text_md spacing_md radius_lg", "Source Sans 3", "Source Code Pro")


class Cyberpunk(Base):
    """Fuchsia on slate."""

    DEFAULTS = _looks("fuchsia cyan slate", "text_md spacing_md radius_sm", "Chakra Petch", "Share Tech Mono")


class Neon(Base):
    """Lime on grey, with very round corners."""

    DEFAULTS = _looks("lime cyan neutral", "text_md spacing_lg radius_xxl", "Lexend", "Space Mono")


class Mario(Base):
    """Orange and green, as an old video game."""

    DEFAULTS = _looks("orange green stone", "text_md spacing_md radius_sm", "Press Start 2P", "Press Start 2P")


READY: dict[str, type[Base]] = {
    one.__name__.lower(): one
    for one in (Base, Default, Soft, Monochrome, Glass, Ocean, Origin, Citrus, Ember, Cyberpunk, Neon, Mario)
}
"""By the names that ``theme=`` takes."""
