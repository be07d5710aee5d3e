"""The page against Gradio's: weight, requests, readiness, and Lighthouse's scores; the same scripts, in one run.

python -m benchmarks.page [ROUNDS]

Real Gradio runs in .venv-gradio (or where GRADIO_PYTHON says), Lighthouse in benchmarks/node_modules;
`scripts/setup bench` makes both. Without Lighthouse its scores are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import table
from tests.conformance import servers
from tests.support.dev import running_app

HERE = Path(__file__).parent
APPS = HERE / "apps" / "pages"
NAMES = ("hello", "interface_state", "chat", "blocks")
LIGHTHOUSE = HERE / "node_modules" / ".bin" / "lighthouse"
PLAYWRIGHT = HERE.parent / "tests" / "node_modules" / "playwright-core"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
ROUNDS = 3
PATIENCE_SECONDS = 1_800

MOST_REQUESTS, MOST_BYTES, LONGEST_SLOW_SECONDS, LEAST_RATIO = 10, 40_000, 2.0, 3.0
"""What the page promises; see `kept`."""

Visit = dict[str, Any]
Scores = dict[str, tuple[int, int]]
"""Performance and accessibility, by the name of the visit."""


def browser() -> str:
    """Return a Chromium's path.

    Raises:
        RuntimeError: there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RuntimeError("the page cannot be measured without Chromium; run scripts/setup test.")
    return found


@contextmanager
def pages() -> Iterator[dict[str, str]]:
    """Serve every app twice; yields the addresses by ``WHO APP``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="adapter-page-")))
        chosen = os.environ.get("GRADIO_PYTHON")
        if chosen:
            servers.GRADIO = Path(chosen)
        gradio = stack.enter_context(servers.real_gradio(folder))
        found = {}
        for name in NAMES:
            script = APPS / f"{name}.py"
            found[f"Gradio {name}"] = f"{gradio.url(script)}/"
            found[f"adapter {name}"] = f"{stack.enter_context(running_app(script, '--as-gradio'))}/"
        yield found


def visits(urls: Mapping[str, str], rounds: int) -> list[Visit]:
    """Open every page, fast and slow, in each round; return what each visit took."""
    wanted = {"browser": browser(), "playwright": str(PLAYWRIGHT), "rounds": rounds, "pages": urls}
    done = subprocess.run(
        ["node", str(HERE / "page.mjs"), json.dumps(wanted)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def scores(urls: Mapping[str, str]) -> Scores:
    """Return Lighthouse's scores for every page, light and dark; none where it is not installed."""
    if not LIGHTHOUSE.exists():
        return {}
    return {f"{name}, {theme}": scored(f"{url}?__theme={theme}") for name, url in urls.items() for theme in THEMES}


THEMES = ("light", "dark")


def scored(url: str) -> tuple[int, int]:
    """Return Lighthouse's scores for a phone, of 100."""
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    done = subprocess.run(
        [
            LIGHTHOUSE,
            url,
            "--only-categories=performance,accessibility",
            "--output=json",
            "--quiet",
            f"--chrome-flags={flags}",
        ],
        env={**os.environ, "CHROME_PATH": browser()},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    found = json.loads(done.stdout)["categories"]
    performance, accessibility = (round(100 * found[name]["score"]) for name in ("performance", "accessibility"))
    return performance, accessibility


def rows(measured: Sequence[Visit], rated: Scores) -> list[list[str]]:
    """Return a line of figures for each page: medians over the rounds."""
    samples: dict[tuple[str, bool], list[Visit]] = defaultdict(list)
    for visit in measured:
        samples[visit["name"], visit["slow"]].append(visit)

    def middle(name: str, unit: str, *, slow: bool = False) -> float:
        found: float = median(visit[unit] for visit in samples[name, slow])
        return found

    lines = []
    for name in NAMES:
        for who in ("Gradio", "adapter"):
            page = f"{who} {name}"
            line = [page, f"{middle(page, 'requests'):.0f}", f"{middle(page, 'bytes') / 1_000:.1f}"]
            for slow in (False, True):
                seconds = middle(page, "ready", slow=slow) / 1_000
                line += [f"{seconds:.2f}", f"{middle(f'Gradio {name}', 'ready', slow=slow) / 1_000 / seconds:.1f}"]
            if rated:
                line += [" / ".join(map(str, rated[f"{page}, {theme}"])) for theme in THEMES]
            lines.append(line)
    return lines


def kept(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return which promises a measurement breaks: 10 requests, 40 KB, 2 s when slow, 3 times sooner, 100 of 100."""
    broken = []
    for page, requests, kilobytes, _, _, slow, ratio, *rated in lines:
        if page.startswith("adapter"):
            broken += [
                f"{page}: {text}"
                for wrong, text in (
                    (int(requests) > MOST_REQUESTS, f"{requests} requests"),
                    (float(kilobytes) * 1_000 > MOST_BYTES, f"{kilobytes} KB"),
                    (float(slow) > LONGEST_SLOW_SECONDS, f"{slow} s when slow"),
                    (float(ratio) < LEAST_RATIO, f"{ratio} times sooner than Gradio"),
                    (any(score != "100 / 100" for score in rated), f"Lighthouse gives {', '.join(rated)}"),
                )
                if wrong
            ]
    return broken


def run(rounds: int = ROUNDS) -> str:
    """Measure and return the Markdown."""
    with pages() as urls:
        measured = visits(urls, rounds)
        rated = scores(urls)
    lines = rows(measured, rated)
    for promise in kept(lines):
        print(f"page: {promise}", file=sys.stderr)
    head = ["page", "requests", "KB", "ready, s", "times sooner", "ready when slow, s", "times sooner"]
    if rated:
        head += [f"Lighthouse, {theme}" for theme in THEMES]
    return table(head, lines)


if __name__ == "__main__":
    print(run(*map(int, sys.argv[1:])))
