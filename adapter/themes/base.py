"""A theme: hues, sizes and fonts, and CSS variables by Gradio's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, Self, TypeVar

from adapter.errors import ConfigurationError, NotAvailable
from adapter.themes.utils.colors import HUES, Color
from adapter.themes.utils.fonts import Font, LocalFont
from adapter.themes.utils.sizes import SIZES, Size

_Named = TypeVar("_Named", Color, Size)

SANS = ("ui-sans-serif", "system-ui", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")


class ThemeClass:
    """What every theme is; see `Base`."""

    def __init__(self) -> None:
        self.name = type(self).__name__.lower()
        self.variables: dict[str, str] = {}

    @classmethod
    def from_hub(cls, repo_name: str, token: str | None = None) -> NoReturn:
        """Raise NotAvailable: a theme of Hugging Face's hub would have to be fetched at every cold start."""
        raise NotAvailable(f"the theme {repo_name!r} of the hub is not fetched; write its hues into a gr.themes.Base.")


class Base(ThemeClass):
    """A theme.

    Args:
        primary_hue: of what is to be noticed: buttons, links, the focus; a `Color`, or the name of one.
        secondary_hue: of what Gradio's themes show beside it; for CSS that names it.
        neutral_hue: of texts, frames and grounds.
        text_size: of texts; a `Size`, or ``"sm"``, ``"md"``, ``"lg"``.
        spacing_size: of the gaps.
        radius_size: of round corners; also ``"none"`` and ``"xxl"``.
        font: names of fonts, the first that a visitor has is shown; none is loaded.
        font_mono: as ``font``, of code.

    Raises:
        ConfigurationError: there is no hue or size of a name.
    """

    DEFAULTS: dict[str, Any] = {  # noqa: RUF012 - read only
        "primary_hue": "blue",
        "secondary_hue": "blue",
        "neutral_hue": "zinc",
        "text_size": "text_md",
        "spacing_size": "spacing_md",
        "radius_size": "radius_md",
        "font": (LocalFont("IBM Plex Sans"), *SANS),
        "font_mono": (LocalFont("IBM Plex Mono"), *MONO),
    }
    """The arguments of this theme where they are left out."""

    def __init__(
        self,
        *,
        primary_hue: Color | str | None = None,
        secondary_hue: Color | str | None = None,
        neutral_hue: Color | str | None = None,
        text_size: Size | str | None = None,
        spacing_size: Size | str | None = None,
        radius_size: Size | str | None = None,
        font: Font | str | Iterable[Font | str] | None = None,
        font_mono: Font | str | Iterable[Font | str] | None = None,
    ) -> None:
        super().__init__()
        default = Base.DEFAULTS | self.DEFAULTS
        self.primary = _named(primary_hue or default["primary_hue"], HUES)
        self.secondary = _named(secondary_hue or default["secondary_hue"], HUES)
        self.neutral = _named(neutral_hue or default["neutral_hue"], HUES)
        self.text = _named(text_size or default["text_size"], SIZES, "text_")
        self.spacing = _named(spacing_size or default["spacing_size"], SIZES, "spacing_")
        self.radius = _named(radius_size or default["radius_size"], SIZES, "radius_")
        self.fonts = _fonts(font or default["font"])
        self.mono = _fonts(font_mono or default["font_mono"])
        self.asked_fonts = [one for given in (font, font_mono) if given for one in _fonts(given) if one.loads]

    def set(self, **variables: str | None) -> Self:
        """Change CSS variables, by the names Gradio gives them; return the theme.

        Args:
            variables: values as CSS has them; ``*name`` stands for another variable, a name with
                ``_dark`` at its end is for dark mode. ``None`` leaves one as it is.
        """
        self.variables |= {name: str(value) for name, value in variables.items() if value is not None}
        return self


def _named(given: _Named | str, known: dict[str | None, _Named], prefix: str = "") -> _Named:
    if not isinstance(given, str):
        return given
    found = known.get(given) or known.get(prefix + given)
    if found is None:
        names = ", ".join(str(name).removeprefix(prefix) for name in known if str(name).startswith(prefix))
        raise ConfigurationError(f"a theme was given {given!r}; there is {names}.")
    return found


def _fonts(given: Font | str | Iterable[Font | str]) -> list[Font]:
    return [one if isinstance(one, Font) else Font(one) for one in _listed(given)]


def _listed(given: Font | str | Iterable[Font | str]) -> Iterator[Font | str]:
    if isinstance(given, Font | str):
        yield given
    else:
        yield from given
