"""What a function may know of the request that called it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Headers(dict[str, str]):
    """Header values by lower-case name; names work in any case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


@dataclass(frozen=True)
class Client:
    """Where the request came from."""

    host: str | None = None
    port: int | None = None


@dataclass(frozen=True)
class Request:
    """The request of a call; a function gets it by annotating a parameter with it.

    Attributes:
        headers: by lower-case name; the session token's header is left out.
        query_params: of the request's address.
        path_params: of the route.
        cookies: by name.
        client: the caller's address.
        url: the request's full address.
        method: the HTTP method.
        session_hash: names the session without giving access to it; the same on every call of a
            session, ``None`` for a call without one.
        username: of the login, if the front door has one.
    """

    headers: Headers = field(default_factory=lambda: Headers({}))
    query_params: Mapping[str, str] = field(default_factory=dict)
    path_params: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    url: str = ""
    method: str = "POST"
    session_hash: str | None = None
    username: str | None = None
