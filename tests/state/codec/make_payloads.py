"""Writes the payload of every sample that has none yet: ``python -m tests.state.codec.make_payloads``.

A payload that is there is never written again: it is what an older version of the adapter has stored.
"""

from __future__ import annotations

from adapter.state import codec
from tests.state.codec.samples import PAYLOADS, SAMPLES


def main() -> None:
    """Write what is missing."""
    PAYLOADS.mkdir(exist_ok=True)
    for name, value in SAMPLES.items():
        path = PAYLOADS / f"{name}.bin"
        if not path.exists():
            path.write_bytes(codec.encode(value, name=name))


if __name__ == "__main__":
    main()
