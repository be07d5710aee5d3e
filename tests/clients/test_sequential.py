"""One client, one call after the other, while environments come and go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import python_client

pytestmark = pytest.mark.end_to_end

CALLS = 200


@pytest.fixture(scope="module")
def url(place: Place) -> Iterator[str]:
    """The lists of `apps/roll_call.py`, by environments that live for 25 invocations: a call takes two."""
    with place.serving(HERE / "apps/roll_call.py", "--environments", "3", "--recycle", "25") as server:
        yield server.url


def test_two_hundred_calls_lose_nothing(url: str) -> None:
    """A session's list has every entry, in order, although some sixteen environments wrote it."""
    client = python_client(url)
    entries = [str(number) for number in range(CALLS)]
    for number, entry in enumerate(entries):
        assert client.predict(entry, api_name="/note") == entries[: number + 1]
