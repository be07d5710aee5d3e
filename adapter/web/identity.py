"""Whose session a request is for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

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


def identify(request: Request, session_hash: str | None, signer: SessionSigner) -> Identity:
    """Return whose session ``request`` is for: its token's, else that of Gradio's ``session_hash``.

    Raises:
        InvalidToken: the token is forged, damaged or expired.
        MalformedRequest: a header or the hash cannot be what it should be.
    """
    identity = _identity(request, session_hash, signer)
    concerns(session=identity.session.short if identity.session is not None else None)
    return identity


def require_session(identity: Identity) -> SessionId:
    """Return the session of ``identity``.

    Raises:
        MalformedRequest: it has none.
    """
    if identity.session is None:
        raise MalformedRequest("Session hash not found.")
    return identity.session


def _identity(request: Request, session_hash: str | None, signer: SessionSigner) -> Identity:
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


def _mount(request: Request) -> str:
    """Return the path below a host app's own address at which the app is mounted; nothing where it is no mount."""
    outer: str | None = request.scope.get("app_root_path")
    return "" if outer is None else str(request.scope["root_path"]).removeprefix(outer)


def _echo(request: Request) -> int | None:
    text = request.headers.get(VERSION_HEADER)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise MalformedRequest(f"{VERSION_HEADER} is {text[:40]!r}; send the number of the last answer, or nothing.")
    return int(text)
