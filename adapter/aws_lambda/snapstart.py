"""What must not come out of a SnapStart snapshot as it went in: one snapshot becomes many environments, days later.

    init ──► before: connections and loops closed ──► snapshot ──► many restores ──► after: seeds, clock, connections

Ids, nonces, tokens and lease holders are made when they are needed, from the operating system's randomness, which
Lambda makes unique in every restored environment; only generators that keep a state in the process are sown anew here.
Source: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html
"""

from __future__ import annotations

import random
import secrets
import sys
from collections.abc import Callable

from adapter.settings import Settings

Hook = Callable[[], None]

NUMPY_SEED_BITS = 32


def keep_out_of_snapshots(before: Hook, after: Hook, settings: Settings) -> None:
    """Have ``before`` called before a snapshot is taken and ``after`` in each environment made of it.

    Elsewhere than on Lambda, and in runtimes without SnapStart, nothing happens: the package that takes the hooks
    comes with Lambda's own runtimes.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-python.html
    """
    if not settings.on_lambda:
        return
    try:
        from snapshot_restore_py import register_after_restore, register_before_snapshot
    except ImportError:
        return
    register_before_snapshot(before)
    register_after_restore(sow)
    register_after_restore(after)


def sow() -> None:
    """Give this process's generators of random numbers seeds of their own, whatever they had before."""
    random.seed()
    numpy = sys.modules.get("numpy.random")  # an app may use it; it is not loaded for this
    if numpy is not None:
        numpy.seed(secrets.randbits(NUMPY_SEED_BITS))
