"""An environment is killed in the middle of a call."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.faults.calls import counted, counting, run
from tests.faults.child import INVOCATION_SECONDS
from tests.faults.conftest import Start
from tests.state.stores.places import Aws
from tests.support.ministack import ROOT

pytestmark = pytest.mark.end_to_end


def killed(ministack: str, remote: Aws, point: str) -> None:
    """Run one call in a process that is killed at ``point``."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.faults.child", ministack, remote.table, remote.bucket, point],
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        pytest.param("in-function", 1, id="in the function: nothing of it is there"),
        pytest.param("after-put", 1, id="between object and pointer: nothing of it is there"),
        pytest.param("after-commit", 2, id="between commit and reply: all of it is there"),
    ],
)
def test_a_killed_call_happened_wholly_or_not_at_all(
    environment: Start, ministack: str, remote: Aws, point: str, expected: int
) -> None:
    """The next call finds either the state before or the state after, and goes on."""
    warm_store = environment()
    run(counting(), warm_store)
    killed(ministack, remote, point)
    assert counted(environment()) == expected
    assert run(counting(), warm_store).data[0] == expected + 1


def test_a_dead_holders_lease_ends_with_its_invocation(environment: Start, ministack: str, remote: Aws) -> None:
    """A waiter with time gets in when the dead one's deadline is over; nothing of the dead call is there."""
    warm_store = environment()
    run(counting(), warm_store)
    started = time.time()
    killed(ministack, remote, "in-lease")
    assert counted(warm_store) == 1
    assert run(counting("lease"), warm_store, deadline=time.monotonic() + 60).data[0] == 2
    assert time.time() - started >= INVOCATION_SECONDS
