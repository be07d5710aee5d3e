"""Session tokens: only ours are taken, and keys can be replaced."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner

from adapter.errors import ConfigurationError, InvalidToken
from adapter.web.tokens import MINIMUM_KEY_BYTES, TOKEN_TTL_SECONDS, SessionSigner, Ticket

OLD, NEW = "old-key-of-32-bytes-0123456789ab", "new-key-of-32-bytes-0123456789ab"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Time that stands still until a test moves it."""
    return Clock()


@pytest.fixture
def signer(clock: Clock) -> SessionSigner:
    """A signer with one key."""
    return SessionSigner([OLD], clock=clock)


def test_a_token_gives_back_its_session(signer: SessionSigner) -> None:
    """What was signed is read again."""
    assert signer.read(signer.issue("abc")).session_id == "abc"


def test_each_new_session_has_another_id(signer: SessionSigner) -> None:
    """New sessions are told apart, and their ids cannot be guessed from each other."""
    ids = {signer.read(signer.issue()).session_id for _ in range(100)}
    assert len(ids) == 100
    assert min(map(len, ids)) >= 22  # 128 bits in base64


@pytest.mark.parametrize("part", [0, 1, 2], ids=["session", "time", "signature"])
def test_a_changed_token_is_refused(signer: SessionSigner, part: int) -> None:
    """Neither the id, nor the time, nor the signature can be changed."""
    parts = signer.issue("abc").split(".")
    parts[part] = ("B" if parts[part][0] == "A" else "A") + parts[part][1:]
    with pytest.raises(InvalidToken, match="not one of ours"):
        signer.read(".".join(parts))


@pytest.mark.parametrize("token", ["", ".", "abc", "abc.def", "ü.ü.ü", "\x00", "a" * 10_000])
def test_what_is_no_token_is_refused(signer: SessionSigner, token: str) -> None:
    """Any text is answered with the same error."""
    with pytest.raises(InvalidToken):
        signer.read(token)


def test_a_token_of_another_key_is_refused(signer: SessionSigner, clock: Clock) -> None:
    """Whoever does not have the key cannot make tokens."""
    with pytest.raises(InvalidToken):
        signer.read(SessionSigner([NEW], clock=clock).issue("abc"))


def test_the_same_key_used_elsewhere_makes_no_token(signer: SessionSigner) -> None:
    """A key that also signs something else does not sign sessions with it."""
    other = TimestampSigner(OLD, salt="something-else", key_derivation="hmac", digest_method=hashlib.sha256)
    with pytest.raises(InvalidToken):
        signer.read(other.sign("abc").decode())


def test_a_token_expires(signer: SessionSigner, clock: Clock) -> None:
    """A token is good for its time and not a second longer."""
    token = signer.issue("abc")
    clock.now += TOKEN_TTL_SECONDS
    assert signer.read(token).session_id == "abc"
    clock.now += 1
    with pytest.raises(InvalidToken, match=f"older than {TOKEN_TTL_SECONDS} seconds"):
        signer.read(token)


def test_a_token_past_its_half_is_to_be_renewed(signer: SessionSigner, clock: Clock) -> None:
    """A session in use never ends because of its token."""
    token = signer.issue("abc")
    clock.now += TOKEN_TTL_SECONDS / 2
    assert not signer.read(token).stale
    clock.now += 1
    assert signer.read(token).stale


def test_a_clock_that_is_behind_takes_the_token(signer: SessionSigner, clock: Clock) -> None:
    """Environments' clocks differ; a token that was issued "in the future" is good."""
    token = signer.issue("abc")
    clock.now -= 1.5
    assert signer.read(token) == Ticket("abc", stale=False)


def test_a_renewed_token_is_of_the_same_session(signer: SessionSigner, clock: Clock) -> None:
    """A session that is used at least once in each token's second half lasts as long as it is used."""
    token = signer.issue("abc")
    for _ in range(5):
        clock.now += TOKEN_TTL_SECONDS * 0.9
        assert signer.read(token) == Ticket("abc", stale=True)
        token = signer.issue("abc")


@given(st.text() | st.text("abcAB01-_.", max_size=80))
def test_nothing_but_our_own_tokens_is_read(text: str) -> None:
    """Whatever stands in the header, the answer is one error, and no session."""
    with pytest.raises(InvalidToken):
        SessionSigner([OLD, NEW]).read(text)


def test_keys_rotate_without_ending_sessions(clock: Clock) -> None:
    """After a key was added, old tokens are read, and new ones are signed with the new key alone."""
    token = SessionSigner([OLD], clock=clock).issue("abc")
    both = SessionSigner([OLD, NEW], clock=clock)
    assert both.read(token).session_id == "abc"
    assert SessionSigner([NEW], clock=clock).read(both.issue("abc")).session_id == "abc"
    with pytest.raises(InvalidToken):
        SessionSigner([OLD], clock=clock).read(both.issue("abc"))


def test_keys_are_measured_in_bytes() -> None:
    """Sixteen bytes are enough, fifteen are not; the error names the number and no key."""
    SessionSigner(["é" * (MINIMUM_KEY_BYTES // 2)])
    with pytest.raises(ConfigurationError, match="has 15 bytes; at least 16") as caught:
        SessionSigner(["k" * 15])
    assert "k" * 15 not in str(caught.value)


@pytest.mark.parametrize("keys", [[], ["short"], [OLD, "short"]])
def test_a_signer_without_good_keys_is_refused(keys: list[str]) -> None:
    """A missing or a short key is named when the app starts, with the remedy."""
    with pytest.raises(ConfigurationError, match=r"ADAPTER_SESSION_KEYS|token_urlsafe"):
        SessionSigner(keys)
