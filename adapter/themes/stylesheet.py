"""A theme as the page's CSS: its roles are the page's variables; its others are there for CSS that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from adapter.themes.base import Base
from adapter.themes.ready import Default
from adapter.themes.utils.fonts import Font
from adapter.themes.utils.sizes import STEPS

SHADES = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")

COLORS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "page": (("body_background_fill", "background_fill_primary"), "*neutral_50", "*neutral_950"),
    "card": (("block_background_fill", "input_background_fill", "panel_background_fill"), "#fff", "*neutral_900"),
    "sunk": (("background_fill_secondary", "code_background_fill"), "*neutral_100", "*neutral_800"),
    "line": (("border_color_primary", "block_border_color"), "*neutral_200", "*neutral_700"),
    "edge": (("input_border_color", "border_color_accent"), "*neutral_500", "*neutral_500"),
    "ink": (("body_text_color", "block_title_text_color", "block_label_text_color"), "*neutral_900", "*neutral_100"),
    "soft": (("body_text_color_subdued", "block_info_text_color"), "*neutral_600", "*neutral_400"),
    "accent": (("color_accent", "link_text_color"), "*primary_700", "*primary_400"),
    "on-accent": ((), "#fff", "*primary_950"),
    "tint": (("color_accent_soft",), "*primary_50", "*primary_950"),
    "primary": (("button_primary_background_fill",), "*primary_700", "*primary_400"),
    "on-primary": (("button_primary_text_color",), "#fff", "*primary_950"),
    "secondary": (("button_secondary_background_fill",), "*neutral_200", "*neutral_800"),
    "on-secondary": (("button_secondary_text_color",), "*neutral_900", "*neutral_100"),
}
"""The page's variable → Gradio's names of it, and its value in light and in dark: dark enough to be read."""

LENGTHS: dict[str, tuple[tuple[str, ...], str]] = {
    "round": (("block_radius", "container_radius"), "*radius_lg"),
    "inner": (("input_radius", "button_large_radius", "button_small_radius"), "*radius_md"),
    "gap": (("layout_gap",), "*spacing_xxl"),
    "size": (("body_text_size", "block_label_text_size", "input_text_size"), "*text_md"),
    "shadow": (("block_shadow",), ""),
    "sans": (("font",), ""),
    "mono": (("font_mono",), ""),
}
"""The page's variable → Gradio's names of it, and its value; "" leaves it as it is."""

OURS = {name: ours for table in (COLORS, LENGTHS) for ours, found in table.items() for name in found[0]}
_REFERENCE = re.compile(r"\*([a-z][a-z0-9_]*)")
_USED = re.compile(r"var\(\s*--([a-z0-9-]+)")


def stylesheet(theme: Base | None, css: str = "") -> str:
    """Return the CSS that gives a page its theme.

    Args:
        theme: ``None`` leaves the page as it is.
        css: the app's own; it finds Gradio's variables that it names.
    """
    light, dark = ({}, {}) if theme is None else _roles(theme)
    known = _known(theme or Default())
    todo = [*_uses([*light.values(), *dark.values(), css])]
    while todo:
        name = todo.pop()
        if name not in light and name in known:
            light[name] = known[name]
            todo += _uses([known[name]])
    rules = [_rule(":root", light)] if light else []
    if dark:
        rules.append(_rule(':root[data-theme="dark"]', dark))
        rules.append(f"@media (prefers-color-scheme: dark) {{ {_rule(':root:not([data-theme])', dark)} }}")
    return "\n".join(rules)


def unheeded(theme: Base) -> list[str]:
    """Return the variables that ``theme.set`` was given and that change nothing on the page by themselves."""
    return sorted(name for name in theme.variables if name.removesuffix("_dark") not in OURS)


def _roles(theme: Base) -> tuple[dict[str, str], dict[str, str]]:
    """Return the page's variables of a theme, in light and in dark."""
    light = {name: _value(found[1]) for name, found in COLORS.items()}
    dark = {name: _value(found[2]) for name, found in COLORS.items()}
    light |= {name: _value(found[1]) for name, found in LENGTHS.items() if found[1]}
    light |= {"sans": _family(theme.fonts), "mono": _family(theme.mono)}
    for name, value in theme.variables.items():
        plain = name.removesuffix("_dark")
        (dark if name != plain else light)[OURS.get(plain, _css(plain))] = _value(value)
        if plain == "color_accent" and "button_primary_background_fill" not in theme.variables:
            (dark if name != plain else light)["primary"] = _value(value)
    return light, dark


def _known(theme: Base) -> dict[str, str]:
    """Return all variables that CSS may name, beside those of the page."""
    hues = {"primary": theme.primary, "secondary": theme.secondary, "neutral": theme.neutral}
    sizes = {"text": theme.text, "spacing": theme.spacing, "radius": theme.radius}
    found = {_css(name): f"var(--{ours})" for name, ours in OURS.items()}
    for name, hue in hues.items():
        found |= {f"{name}-{shade}": value for shade, value in zip(SHADES, hue.expand(), strict=True)}
    for name, size in sizes.items():
        found |= {f"{name}-{step}": value for step, value in zip(STEPS, size.expand(), strict=True)}
    return found


def _uses(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in _USED.findall(text)}


def _value(value: str) -> str:
    # a value cannot end its declaration: what stands behind a semicolon or a brace would be other rules
    return _REFERENCE.sub(lambda found: f"var(--{_css(found[1])})", re.split("[;{}]", value)[0].strip())


def _css(name: str) -> str:
    return name.replace("_", "-")


def _family(fonts: Iterable[Font]) -> str:
    return ", ".join(str(font) for font in fonts)


def _rule(selector: str, values: Mapping[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'--{name}: {value};' for name, value in sorted(values.items()))} }}"
