"""Under which names the dev server answers."""

from __future__ import annotations

import pytest

from adapter.commands.dev.hosts import Hosts

OWN = ("localhost", "localhost:7860", "LOCALHOST", "app.localhost:1", "127.0.0.1:7860", "127.8.9.1", "[::1]:7860", "")
FOREIGN = (
    *("evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example", "notlocalhost"),
    *("192.168.1.5", "0.0.0.0", "[::2]", "[", "evil.example#localhost", "tunnel.example.evil"),
)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_a_server_of_this_machine_answers_to_its_names_alone(host: str) -> None:
    """A name that somebody made to lead here is refused, so that no page of theirs is taken for the app's."""
    hosts = Hosts(host, ["Tunnel.example"])
    assert [header for header in OWN if not hosts.allows(header)] == []
    assert [header for header in FOREIGN if hosts.allows(header)] == []
    assert hosts.allows("tunnel.example:443")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "myhost"])
def test_a_server_of_a_network_answers_to_any_name(host: str) -> None:
    """Who is asked to listen for others cannot know how they call it."""
    assert Hosts(host).allows("myhost.example:7860")
