"""What a theme becomes on the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import adapter as gr
from adapter import themes
from adapter.errors import ConfigurationError, NotAvailable
from adapter.themes.ready import READY
from adapter.themes.stylesheet import stylesheet, unheeded

FACTS = json.loads((Path(__file__).parent.parent / "gradio_6_31.json").read_text(encoding="utf-8"))


def variables(css: str, selector: str = ":root") -> dict[str, str]:
    """Return the variables that ``css`` sets for ``selector``."""
    found = re.search(re.escape(selector) + r" \{ ([^}]*) \}", css)
    assert found is not None
    return dict(re.findall(r"--([\w-]+): ([^;]*);", found[1]))


def test_every_name_of_gradios_themes_is_there() -> None:
    """Themes, colors, sizes and fonts."""
    assert [name for name in FACTS["themes"] if not hasattr(themes, name)] == []
    assert gr.Theme is themes.Base
    assert themes.colors.teal.c500 == "#14b8a6"
    assert themes.sizes.radius_lg.xxl == "24px"


@pytest.mark.parametrize("name", sorted(READY))
def test_every_ready_theme_says_all_that_it_names(name: str) -> None:
    """No variable of its CSS refers to one that is nowhere; what is light has a dark value."""
    css = stylesheet(READY[name]())
    light, dark = variables(css), variables(css, ':root[data-theme="dark"]')
    named = set(re.findall(r"var\(--([\w-]+)\)", css))
    assert named <= set(light)
    assert set(dark) <= set(light)
    assert variables(css, ":root:not([data-theme])") == dark


def test_a_theme_takes_hues_and_sizes_by_name_or_as_they_are() -> None:
    """``"teal"`` and ``colors.teal`` are one; a Color of one's own is as good."""
    own = themes.Color(*(f"#0000{n:02}" for n in range(10, 21)))
    css = variables(stylesheet(themes.Soft(primary_hue=own, neutral_hue="stone", radius_size=themes.sizes.radius_none)))
    assert (css["accent"], css["primary-700"], css["neutral-200"]) == ("var(--primary-700)", "#000017", "#e7e5e4")
    assert (css["round"], css["radius-lg"]) == ("var(--radius-lg)", "0px")
    assert variables(stylesheet(themes.Base(text_size="lg")))["text-md"] == "16px"


@pytest.mark.parametrize("given", [{"primary_hue": "tael"}, {"radius_size": "huge"}])
def test_a_hue_or_size_that_does_not_exist_is_refused(given: dict[str, str]) -> None:
    """With those that do."""
    with pytest.raises(ConfigurationError, match=r"a theme was given '(tael|huge)'; there is .*(teal|none, )"):
        themes.Base(**given)


def test_variables_are_set_by_gradios_names() -> None:
    """Those of the page change it, in light or in dark; references are followed; others are there for CSS."""
    theme = themes.Default().set(
        body_background_fill="*primary_50", body_text_color_dark="#abc", block_label_padding="1px", block_radius=None
    )
    css = stylesheet(theme)
    assert variables(css)["page"] == "var(--primary-50)"
    assert variables(css)["primary-50"] == themes.colors.orange.c50
    assert variables(css)["block-label-padding"] == "1px"
    assert variables(css, ':root[data-theme="dark"]')["ink"] == "#abc"
    assert variables(css)["round"] == "var(--radius-lg)"
    assert unheeded(theme) == ["block_label_padding"]


def test_a_value_stays_one_value() -> None:
    """What follows a semicolon or a brace in it is left out."""
    theme = themes.Base().set(block_shadow="0 3px 0 *neutral_300;", body_text_color="red} body {display: none")
    css = variables(stylesheet(theme))
    assert (css["shadow"], css["ink"]) == ("0 3px 0 var(--neutral-300)", "red")


def test_css_of_an_app_finds_gradios_variables_without_a_theme() -> None:
    """Only those that it names; the page's own look is left alone."""
    css = stylesheet(None, "#a { color: var(--body-text-color); border-color: var( --primary-500, red) }")
    assert variables(css) == {"body-text-color": "var(--ink)", "primary-500": themes.colors.orange.c500}
    assert stylesheet(None, "#a { color: red }") == ""


def test_fonts_are_named_and_not_loaded() -> None:
    """Generic names stand without quotes."""
    theme = themes.Base(font=[themes.GoogleFont("Inter"), "Arial", "sans-serif"], font_mono="Menlo")
    css = variables(stylesheet(theme))
    assert (css["sans"], css["mono"]) == ('"Inter", "Arial", sans-serif', '"Menlo"')
    assert [font.name for font in theme.asked_fonts] == ["Inter"]


def test_a_theme_of_the_hub_is_refused() -> None:
    """It would be fetched at every cold start."""
    with pytest.raises(NotAvailable, match="'someone/theme' of the hub is not fetched"):
        themes.Base.from_hub("someone/theme")
