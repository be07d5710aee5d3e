"""What was built and how long it took, said at the end of the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.client_fixtures import quiet_clients
from tests.support.sam import Cloud, cloud

__all__ = ["quiet_clients"]

SAID = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def say(pytestconfig: pytest.Config) -> list[str]:
    """The lines that stand at the end of the run's output."""
    return pytestconfig.stash.setdefault(SAID, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what the tests have measured."""
    lines = config.stash.get(SAID, [])
    if lines:
        terminalreporter.section("sam local")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def emulated() -> Iterator[Cloud]:
    """Emulators of DynamoDB and S3 where containers reach them."""
    with cloud() as found:
        yield found
