"""A client far away, to whom answers come in another order than they left."""

from __future__ import annotations

import random

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import python_client
from tests.clients.network import far_network

pytestmark = pytest.mark.end_to_end

JOIN = "/gradio_api/queue/join"
DATA = "/gradio_api/queue/data"


def test_calls_that_cross_the_end_of_a_stream_are_not_lost(sqlite: Place) -> None:
    """The worst moment to join: the stream has ended, and the news of it may be slower than the answer to the join."""
    chance = random.Random(20)
    with (
        sqlite.serving(HERE / "apps/roll_call.py", "--environments", "3") as server,
        far_network(server.url, lambda _: chance.uniform(0.15, 0.3)) as network,
    ):
        client = python_client(network.url)
        entries = [f"entry {number}" for number in range(20)]
        jobs = []
        for number, entry in enumerate(entries):
            path = DATA if number % 2 else JOIN
            before = network.answers(path)
            jobs.append(client.submit(entry, api_name="/note"))
            network.wait_for_answer(path, before)
        for entry, job in zip(entries, jobs, strict=True):
            assert entry in job.result(timeout=60)
        assert sorted(client.predict("last", api_name="/note")) == sorted([*entries, "last"])
