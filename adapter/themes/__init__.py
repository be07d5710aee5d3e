"""Themes: ``theme=gr.themes.Soft(primary_hue="teal")``, or by name: ``theme="soft"``."""

from adapter.themes.base import Base, ThemeClass
from adapter.themes.ready import (
    Citrus,
    Cyberpunk,
    Default,
    Ember,
    Glass,
    Mario,
    Monochrome,
    Neon,
    Ocean,
    Origin,
    Soft,
)
from adapter.themes.utils import colors, sizes
from adapter.themes.utils.colors import Color
from adapter.themes.utils.fonts import Font, GoogleFont, LocalFont
from adapter.themes.utils.sizes import Size

__all__ = [
    "Base",
    "Citrus",
    "Color",
    "Cyberpunk",
    "Default",
    "Ember",
    "Font",
    "Glass",
    "GoogleFont",
    "LocalFont",
    "Mario",
    "Monochrome",
    "Neon",
    "Ocean",
    "Origin",
    "Size",
    "Soft",
    "ThemeClass",
    "colors",
    "sizes",
]
