"""Under which names the dev server answers: a page of another site must not reach it by a name of its own."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Return whether the address to listen on is of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Hosts:
    """The names that a server may be called by.

    A name of anybody's can be made to lead to 127.0.0.1 once its page is open (DNS rebinding), and the browser takes
    what answers there for that page's own site. Who listens for a network knows the names there; this cannot.

    Args:
        host: the address that is listened on.
        allowed: further names, such as a tunnel's.
    """

    def __init__(self, host: str, allowed: Iterable[str] = ()) -> None:
        self._any = not is_loopback(host)
        self._names = {host.lower(), "localhost", *(name.lower() for name in allowed)}

    def allows(self, header: str) -> bool:
        """Return whether a request with this ``Host`` is answered; one without comes from no browser."""
        if self._any or not header:
            return True
        try:
            name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self._names or name.endswith(".localhost") or is_loopback(name)
