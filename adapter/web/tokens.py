"""Session tokens: who may use a session is who holds its signed id."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itsdangerous import BadSignature, TimestampSigner

from adapter.errors import ConfigurationError, InvalidToken

SALT = "adapter.session-token.v1"
"""Keeps a key that is used elsewhere from signing session tokens."""

MINIMUM_KEY_BYTES = 16
TOKEN_TTL_SECONDS = 24 * 60 * 60  # one day; a token in use is renewed at half of it
SESSION_ID_BYTES = 16  # 128 random bits: not to be guessed


@dataclass(frozen=True, slots=True)
class Ticket:
    """A token that was read: the session's id, and whether the token should be renewed."""

    session_id: str
    stale: bool


class SessionSigner:
    """Issues and reads session tokens.

    Args:
        keys: the secrets, oldest first; the last one signs, all of them verify.
        ttl_seconds: how long a token is good.
        clock: Unix time in seconds.
    """

    def __init__(
        self, keys: Sequence[str], *, ttl_seconds: int = TOKEN_TTL_SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        short = [len(key.encode()) for key in keys if len(key.encode()) < MINIMUM_KEY_BYTES]
        if not keys:
            raise ConfigurationError("no session key; set ADAPTER_SESSION_KEYS to a random secret.")
        if short:
            raise ConfigurationError(
                f"a session key has {short[0]} bytes; at least {MINIMUM_KEY_BYTES} are needed. "
                f"Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        self.ttl_seconds = ttl_seconds
        self._clock = clock
        self._signer = _Signer(list(keys), clock)

    def issue(self, session_id: str | None = None) -> str:
        """Return a token for ``session_id``, or for a new random session."""
        return self._signer.sign(session_id or secrets.token_urlsafe(SESSION_ID_BYTES)).decode()

    def read(self, token: str) -> Ticket:
        """Return whose session ``token`` is.

        Raises:
            InvalidToken: it is forged, damaged or older than ``ttl_seconds``.
        """
        try:
            session_id, issued = self._signer.unsign(token, return_timestamp=True)
        except BadSignature as error:
            raise InvalidToken("the session token is not one of ours; start a new session.") from error
        # Not by the signer's max_age: it refuses a token whose issuer's clock is a moment ahead of ours.
        age = int(self._clock()) - issued.timestamp()
        if age > self.ttl_seconds:
            raise InvalidToken(f"the session token is older than {self.ttl_seconds} seconds; start a new session.")
        return Ticket(session_id.decode(), age > self.ttl_seconds / 2)


class _Signer(TimestampSigner):
    def __init__(self, keys: list[str], clock: Callable[[], float]) -> None:
        super().__init__(keys, salt=SALT, key_derivation="hmac", digest_method=hashlib.sha256)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock())
