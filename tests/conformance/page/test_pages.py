"""Each page in front of each API: Gradio's own drives our apps, and ours drives Gradio's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.node import run
from tests.conformance.page.mixed import GradiosPage, OurPage, Page, mixed
from tests.conformance.servers import RealGradio, the_adapter

HERE = Path(__file__).parent
APPS = sorted(path.stem for path in HERE.glob("apps/*.py"))
PAGES: dict[str, Callable[[], Page]] = {"gradio's page": GradiosPage, "our page": OurPage}


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("shown", PAGES)
def test_our_apps(app: str, shown: str) -> None:
    """The app completes under the adapter, on three environments that do not live long."""
    with the_adapter(HERE / "apps" / f"{app}.py") as api, mixed(PAGES[shown](), api) as url:
        run(app, url, folder=HERE)


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("shown", PAGES)
def test_gradios_apps(app: str, shown: str, gradio: RealGradio) -> None:
    """The app completes under real Gradio; by its own page too, so that the tests ask nothing that it cannot do."""
    with mixed(PAGES[shown](), gradio.url(HERE / "apps" / f"{app}.py")) as url:
        run(app, url, folder=HERE)
