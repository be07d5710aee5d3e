"""Interleaved rounds, and the tables made of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

Figures = dict[str, float]
"""What one measurement gives, by its unit: ``{"CPU, µs": 93.0}``."""

Samples = dict[str, list[Figures]]
"""The measurements of each variant, in the order of the rounds."""


def interleaved(variants: Mapping[str, Callable[[], Figures]], *, rounds: int) -> Samples:
    """Measure all variants once in each round, so that a busy machine is busy for all of them.

    Args:
        variants: by name, what measures once.
        rounds: how often; one round more goes before and is thrown away.
    """
    samples: Samples = {name: [] for name in variants}
    for number in range(rounds + 1):
        for name, measure in variants.items():
            figures = measure()
            if number > 0:
                samples[name].append(figures)
    return samples


def ratios(samples: Samples, reference: str) -> str:
    """Return a Markdown table: the medians of each unit, and the ratios to ``reference``.

    A ratio is the median of the rounds' own ratios, so what slows a whole round down is not in it.
    """
    units = list(samples[reference][0])
    head = ["handler", *(column for unit in units for column in (unit, "ratio"))]
    rows = [
        [name, *(text for unit in units for text in _figures(measured, samples[reference], unit))]
        for name, measured in samples.items()
    ]
    return table(head, rows)


def _figures(measured: Sequence[Figures], reference: Sequence[Figures], unit: str) -> tuple[str, str]:
    middle = statistics.median(figures[unit] for figures in measured)
    ratio = statistics.median(ours[unit] / theirs[unit] for ours, theirs in zip(measured, reference, strict=True))
    return f"{middle:,.0f}", f"{ratio:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; columns of numbers are aligned to the right."""
    columns = zip(*rows, strict=True)
    numeric = [all(cell.replace(",", "").replace(".", "").isdigit() for cell in column) for column in columns]
    lines = [head, ["---:" if right else "---" for right in numeric], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
