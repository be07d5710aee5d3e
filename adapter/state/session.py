"""A session's variables, and where a session is kept."""

from __future__ import annotations

import base64
import enum
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapter.state.awaiting import awaited
from adapter.state.copies import private_copy


@dataclass(frozen=True, slots=True)
class StateVariable:
    """One State of an app, apart from the page.

    Attributes:
        name: the key of its value in a session's payload.
        default: what a new session starts from: copied deeply, or called once per session.
        time_to_live: seconds after its last change at which the value starts anew; ``None`` for never.
        delete_callback: called with the value when its time is up or its session is reset.
    """

    name: str
    default: Any = None
    time_to_live: float | None = None
    delete_callback: Callable[[Any], Any] | None = None

    @property
    def stamp(self) -> str:
        """The key of the time of its last change, kept only for values with a time to live."""
        return f"{self.name}\x1fat"

    @property
    def is_made(self) -> bool:
        """Whether the default is a callable, so that its result must be kept from the first use."""
        return callable(self.default)

    def initial(self) -> Any:
        """Return a session's first value."""
        return awaited(self.default()) if callable(self.default) else private_copy(self.default)


DIGEST = "digest"
"""The kind of ids that are known by their digest only, as they are kept in the store."""


SHORT_LETTERS = 6
"""36 bits: a million of the ids that Gradio's clients choose have the same."""


@dataclass(frozen=True, slots=True)
class SessionId:
    """Whose state a call sees.

    Attributes:
        kind: ``"token"`` for ids that we issued and verified, ``"hash"`` for the
            ``session_hash`` that a Gradio client chose. The kinds never meet: nobody
            reaches a token's session by choosing a hash.
        value: the id, among those of its kind.
        is_new: whether it was issued for this very call, so that nothing can be stored yet.
        mount: where the app is in a host app; each of a host's apps has sessions of its own.
    """

    kind: str
    value: str
    is_new: bool = False
    mount: str = ""

    def digest(self) -> str:
        """Return what stands in keys instead of the id: base64url of its SHA-256."""
        if self.kind == DIGEST:
            return self.value
        digest = hashlib.sha256(f"{self.kind}:{self.value}".encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() + mount_mark(self.mount)

    @property
    def short(self) -> str:
        """The first letters of the digest: enough to tell sessions apart in a log, too few to find out an id."""
        return self.digest()[:SHORT_LETTERS]


def mount_mark(mount: str) -> str:
    """Return what the digests of the sessions of the app at ``mount`` end with; nothing where it is no mount."""
    return f".{hashlib.sha256(mount.encode()).hexdigest()[:8]}" if mount else ""


def mount_of(key: str) -> str:
    """Return the mark in a session's key that says which of a host's apps it is of."""
    _, dot, mark = key.rpartition("#")[2].partition(".")
    return dot + mark


class Kind(enum.StrEnum):
    """What is kept under a key."""

    SESSION = "session"
    GLOBAL = "global"
    COUNTER = "counter"
    QUEUE = "queue"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    """What a key says.

    Attributes:
        kind: of what is kept there.
        app: whose it is; empty for `Kind.OTHER`.
        name: the hash of a session's id, or the name of a global or a counter; else the key.
    """

    kind: Kind
    app: str
    name: str


_KINDS = {"S": (Kind.SESSION, 2), "G": (Kind.GLOBAL, 2), "C": (Kind.COUNTER, 3), "M": (Kind.QUEUE, 2)}
"""By the letter that a key begins with, and in how many parts the rest of it is."""


def address(key: str) -> Address:
    """Return what ``key`` says."""
    letter, _, rest = key.partition("#")
    kind, count = _KINDS.get(letter, (Kind.OTHER, 0))
    parts = rest.rsplit("#", count - 1)  # from the right: an app may have a # in its name, a name may not
    if kind is Kind.OTHER or len(parts) != count:
        return Address(Kind.OTHER, "", key)
    return Address(kind, parts[0], parts[1])


def session_key(app: str, session: SessionId) -> str:
    """Return the key of a session's States."""
    return f"S#{app}#{session.digest()}"


def global_key(app: str, name: str) -> str:
    """Return the key of a GlobalState."""
    return f"G#{app}#{name}"


def counter_key(app: str, name: str, shard: int) -> str:
    """Return the key of one shard of a GlobalCounter."""
    return f"C#{app}#{name}#{shard}"


def mailbox_key(app: str, session: SessionId) -> str:
    """Return the key of a session's queued calls."""
    return f"M#{app}#{session.digest()}"
