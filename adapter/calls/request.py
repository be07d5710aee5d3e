"""What a function may know of the request that called it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


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


class Header(str):
    """The value of a request's header; a function gets it by annotating a parameter with it.

    The parameter is called as the header, with ``_`` for ``-``: ``user_agent: gr.Header``. Without
    such a header it is ``None``.
    """

    parameter: ClassVar[str] = ""

    @classmethod
    def for_parameter(cls, parameter: str) -> type[Header]:
        """Return the kind that stands for the header of a parameter's name."""
        return cls if cls.parameter else type("Header", (cls,), {"parameter": parameter})

    @classmethod
    def of(cls, request: Request) -> Header | None:
        """Return the value that ``request`` has."""
        value = request.headers.get(cls.parameter.replace("_", "-"))
        return None if value is None else cls(value)


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
