"""Files at addresses that callers give: fetched from the public internet, and from nowhere else."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import quote, unquote, urljoin, urlsplit

from adapter.errors import InvalidInput, TooLarge
from adapter.files.base import StoredFile, safe_name

SECONDS = 10
MOST_REDIRECTS = 5

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""What is given out for the internet. Source: https://www.iana.org/assignments/ipv6-address-space"""

_RESERVED = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
"""Of these, what is for protocols and documentation: Python knows only what was registered when it was made.
Source: https://www.iana.org/assignments/iana-ipv6-special-registry"""

_CARRIERS = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Prefixes before an IPv4 address: compatible, mapped (RFC 4291), translated (SIIT, RFC 2765) and NAT64 (RFC 6052)."""

_ISATAP = (bytes.fromhex("00005efe"), bytes.fromhex("02005efe"))
"""What stands before the IPv4 address at an interface's end of an address, below any prefix (RFC 5214)."""


def is_public(address: str) -> bool:
    """Return whether ``address`` is reachable from anywhere: not this machine, not a private network.

    An IPv6 address that carries an IPv4 one, to which some router or gateway may pass it on, is as public as that.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast
    inner = _carried(found)
    if inner is not None:
        return all(is_public(str(one)) for one in inner)
    return found in _UNICAST and found.is_global and not any(found in network for network in _RESERVED)


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address] | None:
    """Return the IPv4 addresses that ``address`` carries; ``None`` for one that carries none."""
    if address.teredo is not None:
        return list(address.teredo)  # the relay's and the host's
    if address.sixtofour is not None:
        return [address.sixtofour]
    if any(address in network for network in _CARRIERS) or address.packed[8:12] in _ISATAP:
        return [ipaddress.IPv4Address(address.packed[12:])]
    return None


def fetch(url: str, *, most_bytes: int, allowed: Callable[[str], bool] = is_public) -> StoredFile:
    """Return the file at ``url``.

    The host's address is looked up once, checked, and connected to as it was checked, at every
    redirect too: no name can lead to a service inside the deployment.

    Args:
        url: http or https.
        most_bytes: a larger file is refused.
        allowed: says of an IP address whether it may be connected to.

    Raises:
        InvalidInput: it cannot be fetched, or is not public.
        TooLarge: it has more bytes.
    """
    at = url
    for _ in range(MOST_REDIRECTS + 1):
        try:
            answer = _get(at, allowed)
            if answer.status in (301, 302, 303, 307, 308):
                at = urljoin(at, answer.getheader("location", ""))
                continue
            if answer.status != http.client.OK:
                raise InvalidInput(
                    f"The file at {url!r} answers {answer.status}; give the address of one that is there."
                )
            content = answer.read(most_bytes + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InvalidInput(f"The file at {url!r} cannot be fetched: {error}.") from error
        if len(content) > most_bytes:
            raise TooLarge(f"The file at {url!r} has more than {most_bytes:,} bytes, which is the limit.")
        return StoredFile(safe_name(unquote(urlsplit(url).path)), content)
    raise InvalidInput(f"The file at {url!r} redirects more than {MOST_REDIRECTS} times.")


def _get(url: str, allowed: Callable[[str], bool]) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolved(parts.hostname, port, allowed)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=SECONDS)
    sock = socket.create_connection((address, port), timeout=SECONDS)
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
    connection.sock = sock
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", target, headers={"user-agent": "adapter", "accept-encoding": "identity"})
    return connection.getresponse()


def _resolved(host: str, port: int, allowed: Callable[[str], bool]) -> str:
    addresses = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [address for address in addresses if not allowed(address.partition("%")[0])]
    if refused:
        raise ValueError(f"{host} is {refused[0]}, which is not a public address")
    return addresses[0]
