"""Sizes that themes are made of: of text, of the space around it, and of round corners."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Size:
    """A length in seven steps.

    Args:
        xxs, xs, sm, md, lg, xl, xxl: CSS lengths.
        name: what a theme may call it.
    """

    xxs: str
    xs: str
    sm: str
    md: str
    lg: str
    xl: str
    xxl: str
    name: str | None = None

    def expand(self) -> list[str]:
        """Return the seven lengths, the shortest first."""
        return [getattr(self, field.name) for field in fields(self) if field.name != "name"]


STEPS = tuple(field.name for field in fields(Size) if field.name != "name")


def _size(name: str, pixels: str) -> Size:
    return replace(Size(*(f"{one}px" for one in pixels.split())), name=name)


# As Gradio 6.31 has them: https://www.gradio.app/guides/theming-guide#core-sizing
radius_lg = _size("radius_lg", "2 4 6 8 12 16 24")
radius_md = _size("radius_md", "1 2 4 6 8 12 22")
radius_none = _size("radius_none", "0 0 0 0 0 0 0")
radius_sm = _size("radius_sm", "1 1 2 4 6 8 12")
radius_xxl = _size("radius_xxl", "6 8 10 20 24 28 32")
spacing_lg = _size("spacing_lg", "2 4 6 8 10 14 28")
spacing_md = _size("spacing_md", "1 2 4 6 8 10 16")
spacing_sm = _size("spacing_sm", "1 1 2 4 6 9 12")
text_lg = _size("text_lg", "10 12 14 16 20 24 28")
text_md = _size("text_md", "9 10 12 14 16 22 26")
text_sm = _size("text_sm", "8 9 11 13 16 20 24")
SIZES = {one.name: one for one in list(globals().values()) if isinstance(one, Size)}
"""By name: what a theme takes instead of a `Size`."""
