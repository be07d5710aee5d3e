"""Files at addresses that callers give."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.errors import InvalidInput, TooLarge
from adapter.files import StoredFile
from adapter.files.remote import fetch, is_public


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by the path."""

    def do_GET(self) -> None:
        number = self.path.removeprefix("/again/")
        if number.isdigit():
            self.send_response(302)
            self.send_header("location", "/a%20picture.png?x=1" if number == "0" else f"/again/{int(number) - 1}")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("location", "http://localhost:1/")
        else:
            self.send_response(404 if self.path == "/missing" else 200)
        body = self.path.encode()
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def anywhere(_: str) -> bool:
    """Allow every host, as these tests need."""
    return True


def test_a_file_is_fetched(address: str) -> None:
    """With its bytes, and the name that its address ends in."""
    found = fetch(f"{address}/a%20picture.png?x=1", most_bytes=100, allowed=anywhere)
    assert found == StoredFile("a picture.png", b"/a%20picture.png?x=1")


def test_redirects_are_followed_for_a_while(address: str) -> None:
    """Five of them."""
    assert fetch(f"{address}/again/4", most_bytes=100, allowed=anywhere).content == b"/a%20picture.png?x=1"
    with pytest.raises(InvalidInput, match="more than 5 times"):
        fetch(f"{address}/again/5", most_bytes=100, allowed=anywhere)


def test_a_large_file_is_refused(address: str) -> None:
    """Before all of it is read."""
    with pytest.raises(TooLarge, match="more than 4 bytes"):
        fetch(f"{address}/longer", most_bytes=4, allowed=anywhere)


def test_what_does_not_answer_is_told(address: str) -> None:
    """With the status, or why there is none."""
    with pytest.raises(InvalidInput, match="404"):
        fetch(f"{address}/missing", most_bytes=100, allowed=anywhere)
    with pytest.raises(InvalidInput, match="cannot be fetched"):
        fetch("http://127.0.0.1:1/a.png", most_bytes=100, allowed=anywhere)


@pytest.mark.parametrize("url", ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://[::1", "https://:1/"])
def test_only_addresses_of_the_web_are_fetched(url: str) -> None:
    """Other schemes, and what is no address, are refused."""
    with pytest.raises(InvalidInput):
        fetch(url, most_bytes=100, allowed=anywhere)


def test_no_address_leads_inside(address: str) -> None:
    """A host that is not public is never connected to, whether it is named, looked up, or redirected to."""
    for url in (
        f"{address}/a.png",
        address.replace("127.0.0.1", "localhost"),
        "http://169.254.169.254/latest/meta-data",
    ):
        with pytest.raises(InvalidInput, match="not a public address"):
            fetch(url, most_bytes=100)
    asked: list[str] = []

    def first_only(ip: str) -> bool:
        asked.append(ip)
        return len(asked) == 1

    with pytest.raises(InvalidInput, match="not a public address"):
        fetch(f"{address}/inside", most_bytes=100, allowed=first_only)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        *((ip, True) for ip in ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")),
        *((ip, False) for ip in ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0")),
        *((ip, False) for ip in ("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1")),
        *(
            (ip, False)
            for ip in ("fec0::1", "feff::1", "ff02::1", "ff0e::1", "::", "2001:db8::1", "3fff::1", "5f00::1")
        ),
        *((ip, False) for ip in ("100::1", "64:ff9b:1::808:808", "4000::1", "2001:1::1", "2001:20::1")),
        *((ip, True) for ip in ("2001:4860:4860::8888", "2620:fe::fe", "2a00:1450::1")),
    ],
)
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    """Those that are reachable from anywhere."""
    assert is_public(ip) is public


@pytest.mark.parametrize(
    "carry",
    [
        lambda inner: IPv6Address(inner),  # compatible
        lambda inner: IPv6Address((0xFFFF << 32) + inner),  # mapped
        lambda inner: IPv6Address((0xFFFF << 48) + inner),  # SIIT
        lambda inner: IPv6Address((0x64FF9B << 96) + inner),  # NAT64
        lambda inner: IPv6Address((0x2002 << 112) + (inner << 80) + 1),  # 6to4
        lambda inner: IPv6Address((0x20010000 << 96) + (0x08080808 << 64) + (inner ^ 0xFFFFFFFF)),  # Teredo, the host
        lambda inner: IPv6Address((0x20010000 << 96) + (inner << 64) + (0x08080808 ^ 0xFFFFFFFF)),  # Teredo, the relay
        lambda inner: IPv6Address((0x2A0014504001 << 80) + (0x5EFE << 32) + inner),  # ISATAP
        lambda inner: IPv6Address((0x2A0014504001 << 80) + (0x02005EFE << 32) + inner),  # ISATAP, a public one's
    ],
    ids=["compatible", "mapped", "siit", "nat64", "6to4", "teredo-host", "teredo-relay", "isatap", "isatap-global"],
)
@given(ip=st.ip_addresses(v=4) | st.sampled_from(["127.0.0.1", "10.1.2.3", "169.254.169.254", "8.8.8.8"]))
def test_an_address_that_carries_another_is_as_public_as_that(
    carry: Callable[[int], IPv6Address], ip: IPv4Address | str
) -> None:
    """No way of writing an IPv4 address into an IPv6 one leads to where the IPv4 address must not."""
    assert is_public(str(carry(int(IPv4Address(ip))))) is is_public(str(ip))
