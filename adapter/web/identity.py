"""Whose session a request is for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.requests import Request as HTTPRequest

from adapter.calls.call import CALL_SECONDS
from adapter.calls.request import Client, Headers, Request
from adapter.errors import MalformedRequest
from adapter.state.session import SessionId
from adapter.telemetry.invocation import concerns
from adapter.web.tokens import SessionSigner

TOKEN_HEADER = "x-adapter-session"
"""Carries a page's session token; ``new`` asks for one. The answer has the token to use from then on."""

VERSION_HEADER = "x-adapter-version"
"""Carries the session's version: in the answer, and back with the page's next request (the echo)."""

LONGEST_HASH = 256
"""Characters of a ``session_hash``; Gradio's clients send 10 to 36."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose session a request is for.

    Attributes:
        session: ``None`` for a call whose state is not kept.
        name: what a function is told as ``session_hash``; gives no access.
        token: to be sent with the answer; ``None`` if the caller's is still good.
        echo: the session's version that the caller saw last.
    """

    session: SessionId | None
    name: str | None
    token: str | None
    echo: int | None

    def headers(self, version: int | None = None) -> dict[str, str]:
        """Return the answer's headers for the page."""
        found = {TOKEN_HEADER: self.token} if self.token is not None else {}
        return found if version is None else {**found, VERSION_HEADER: str(version)}


def identify(request: HTTPRequest, session_hash: str | None, signer: SessionSigner) -> Identity:
    """Return whose session ``request`` is for: its token's, else that of Gradio's ``session_hash``.

    Raises:
        InvalidToken: the token is forged, damaged or expired.
        MalformedRequest: a header or the hash cannot be what it should be.
    """
    identity = _identity(request, session_hash, signer)
    concerns(session=identity.session.short if identity.session is not None else None)
    return identity


def _identity(request: HTTPRequest, session_hash: str | None, signer: SessionSigner) -> Identity:
    token = request.headers.get(TOKEN_HEADER)
    echo = _echo(request)
    if token is None:
        if session_hash is not None and not 0 < len(session_hash) <= LONGEST_HASH:
            raise MalformedRequest(f"session_hash has {len(session_hash)} characters; it takes 1 to {LONGEST_HASH}.")
        session = SessionId("hash", session_hash, mount=_mount(request)) if session_hash else None
        return Identity(session, session_hash, None, echo)
    if token == "new":
        token = signer.issue()
        session = SessionId("token", signer.read(token).session_id, is_new=True, mount=_mount(request))
        return Identity(session, session.digest(), token, None)
    ticket = signer.read(token)
    session = SessionId("token", ticket.session_id, mount=_mount(request))
    return Identity(session, session.digest(), signer.issue(ticket.session_id) if ticket.stale else None, echo)


def _mount(request: HTTPRequest) -> str:
    """Return the path below a host app's own address at which the app is mounted; nothing where it is no mount."""
    outer: str | None = request.scope.get("app_root_path")
    return "" if outer is None else str(request.scope["root_path"]).removeprefix(outer)


def _echo(request: HTTPRequest) -> int | None:
    text = request.headers.get(VERSION_HEADER)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise MalformedRequest(f"{VERSION_HEADER} is {text[:40]!r}; send the number of the last answer, or nothing.")
    return int(text)


def deadline(request: HTTPRequest) -> float:
    """Return when the invocation ends, on the monotonic clock, in seconds."""
    remaining = getattr(request.scope.get("aws.context"), "get_remaining_time_in_millis", None)
    seconds = CALL_SECONDS if remaining is None else min(remaining() / 1000, CALL_SECONDS)
    return time.monotonic() + seconds


def received(request: HTTPRequest) -> float | None:
    """Return when the front door took the request in, as Unix time in seconds; ``None`` where it does not tell.

    Unlike the time at which the app sees it, this leaves out a cold start.
    """
    context = request.scope.get("aws.event", {}).get("requestContext", {})
    milliseconds = context.get("timeEpoch") or context.get("requestTimeEpoch") or 0
    # emulators that tell whole seconds are of no use
    return milliseconds / 1000 if milliseconds > 100_000_000_000 else None


def described(request: HTTPRequest, identity: Identity) -> Request:
    """Return what a function may know of ``request``; for a queued call, it stands for the one that queued it."""
    return Request(
        headers=Headers({name: value for name, value in request.headers.items() if name != TOKEN_HEADER}),
        query_params={name: value for name, value in request.query_params.items() if name != "session_hash"},
        path_params=dict(request.path_params),
        cookies=dict(request.cookies),
        client=Client(*request.client) if request.client is not None else Client(),
        url=str(request.url),
        method="POST",
        session_hash=identity.name,
        username=_username(request),
    )


def _username(request: HTTPRequest) -> str | None:
    """Return who the front door's authorizer says is calling."""
    context = request.scope.get("aws.event", {}).get("requestContext", {})
    authorizer = context.get("authorizer") or {}
    claims = authorizer.get("jwt", {}).get("claims") or authorizer.get("claims") or {}
    return claims.get("username") or claims.get("cognito:username") or claims.get("email") or claims.get("sub")
