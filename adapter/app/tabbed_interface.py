"""Several apps on one page, one behind each tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapter.app.blocks import Blocks
from adapter.components.layout import Tab, Tabs
from adapter.components.text import Markdown
from adapter.errors import ConfigurationError


class TabbedInterface(Blocks):
    """A page with a tab for each of several apps; its API has the endpoints of all.

    A name that is taken gets ``_1``.

    Args:
        interface_list: the apps.
        tab_names: on the tabs; "Tab 0", "Tab 1", … if left out.
        title: heading above, and of the browser's tab.
        analytics_enabled: taken for Gradio's sake; nothing is ever reported.
        tabs_kwargs: further arguments of the `Tabs`.
        options: further options of `Blocks`.

    Raises:
        ConfigurationError: there are not as many names as apps.
    """

    def __init__(
        self,
        interface_list: Sequence[Blocks],
        tab_names: Sequence[str] | None = None,
        title: str | None = None,
        *,
        analytics_enabled: bool | None = None,
        tabs_kwargs: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        options = {"fill_height": True, **options}
        super().__init__(mode="tabbed_interface", title=title or "Gradio", **options)
        names = [f"Tab {number}" for number in range(len(interface_list))] if tab_names is None else tab_names
        if len(names) != len(interface_list):
            raise ConfigurationError(f"tab_names has {len(names)} names for {len(interface_list)} apps.")
        with self:
            if title:
                Markdown(f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>")
            with Tabs(**(tabs_kwargs or {})):
                for app, name in zip(interface_list, names, strict=True):
                    with Tab(label=name, scale=1 if app.fill_height else None):
                        app.render()
