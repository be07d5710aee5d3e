"""Whose session a request is for."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

import adapter as gr
from adapter.web.tokens import TOKEN_TTL_SECONDS, SessionSigner
from tests.support.http import SESSION, VERSION, Door
from tests.web.conftest import KEYS, Serve


def started(door: Door, message: str = "a") -> str:
    """Start a page's session with one call; return its token."""
    answer = door.run(message, headers={SESSION: "new"})
    assert answer.data[0] == [message]
    return answer.headers[SESSION]


def test_a_page_asks_for_a_session_and_keeps_it(door: Door) -> None:
    """``new`` starts a session; the token of the answer is the way back into it."""
    token = started(door)

    again = door.run("b", headers={SESSION: token})

    assert again.data[0] == ["a", "b"]
    assert SESSION not in again.headers  # the token is still good


def test_each_new_session_is_another(door: Door) -> None:
    """Two pages that ask for a session have one each."""
    assert started(door, "a") != started(door, "b")


def test_a_token_opens_the_session_in_every_environment(serve: Serve, history: gr.Interface) -> None:
    """Environments that share the keys and the store share the sessions."""
    token = started(serve(history))

    assert serve(history).run("b", headers={SESSION: token}).data[0] == ["a", "b"]


def test_a_token_past_its_half_is_renewed(door: Door) -> None:
    """The answer carries a new token of the same session, on every route that knows sessions."""
    old = SessionSigner(KEYS, clock=lambda: time.time() - 0.6 * TOKEN_TTL_SECONDS).issue("the-session")
    body = {"data": ["a"], "fn_index": 0}

    renewed = [
        door("POST", "/gradio_api/run/predict", json=body, headers={SESSION: old}),
        door("POST", "/gradio_api/queue/join", json=body, headers={SESSION: old}),
        door.get("/gradio_api/queue/data", headers={SESSION: old}),
        door("POST", "/gradio_api/call/predict", json=body, headers={SESSION: old}),
    ]

    for answer in renewed:
        assert answer.status == 200
        assert SessionSigner(KEYS).read(answer.headers[SESSION]).session_id == "the-session"
        assert not SessionSigner(KEYS).read(answer.headers[SESSION]).stale


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/gradio_api/run/predict", "POST"),
        ("/gradio_api/queue/join", "POST"),
        ("/gradio_api/queue/data", "GET"),
        ("/gradio_api/call/predict", "POST"),
        ("/gradio_api/cancel", "POST"),
    ],
)
def test_a_forged_or_expired_token_is_401(door: Door, path: str, method: str) -> None:
    """Every route refuses it and says that a new session is to be started; a ``session_hash`` does not help."""
    expired = SessionSigner(KEYS, clock=lambda: time.time() - TOKEN_TTL_SECONDS - 2).issue("the-session")
    forged = SessionSigner(["another-key-of-32-bytes-01234567"]).issue("the-session")
    good = SessionSigner(KEYS).issue("the-session")

    for token in (expired, forged, good[:-1], good + "A", "", "New", "null"):
        body = {"data": ["a"], "fn_index": 0, "session_hash": "ann", "event_id": "x"}
        answer = door(
            method, path, json=body if method == "POST" else None, query={"session_hash": "ann"},
            headers={SESSION: token},
        )  # fmt: skip

        assert answer.status == 401
        assert "start a new session" in answer.json["error"]
        assert SESSION not in answer.headers
    assert door.run("b", headers={SESSION: good}).data[0] == ["b"]  # none of them did anything


def test_the_version_echo_is_sent_with_every_answer(door: Door) -> None:
    """The answer names the session's version, which grows with every change and stands still without one."""
    first = door.run("a", headers={SESSION: "new"})
    headers = {SESSION: first.headers[SESSION], VERSION: first.headers[VERSION]}
    second = door.run("b", headers=headers)

    assert int(second.headers[VERSION]) > int(first.headers[VERSION])
    assert door.run("c", headers={**headers, VERSION: second.headers[VERSION]}).data[0] == ["a", "b", "c"]


@pytest.mark.parametrize("echo", ["", "-1", "1.5", "x", "١", "9" * 21, "0x10"])
def test_an_echo_that_is_no_version_is_refused(door: Door, echo: str) -> None:
    """A header that cannot be a version is the caller's mistake, and is named."""
    answer = door.run("b", headers={SESSION: started(door), VERSION: echo.encode().decode("latin-1")})

    assert (answer.status, VERSION in answer.json["error"]) == (400, True)


def test_an_echo_from_the_future_costs_a_read_and_nothing_else(door: Door) -> None:
    """An environment that is behind reads; it does not fail."""
    token = started(door)

    assert door.run("b", headers={SESSION: token, VERSION: "9" * 18}).data[0] == ["a", "b"]


def test_a_stale_environment_reads_when_the_echo_says_so(serve: Serve, history: gr.Interface) -> None:
    """Two environments take turns; with the echo neither answers from what it held before."""
    doors = [serve(history), serve(history)]
    headers = {SESSION: "new"}
    seen: list[str] = []
    for turn, message in enumerate("abcdef"):
        answer = doors[turn % 2].run(message, headers=headers)
        headers = {SESSION: answer.headers.get(SESSION, headers[SESSION]), VERSION: answer.headers[VERSION]}
        seen.append(message)
        assert answer.data[0] == seen


def test_without_a_header_the_session_hash_names_the_session(door: Door) -> None:
    """Gradio's clients choose their session's name; no token is sent to them."""
    first, second = door.run("a", session="ann"), door.run("b", session="ann")

    assert second.data[0] == ["a", "b"]
    assert SESSION not in first.headers
    assert door.run("c", session="bob").data[0] == ["c"]


def test_without_any_session_each_call_starts_anew(door: Door) -> None:
    """A call that names no session has its State's default, and leaves nothing behind."""
    assert [door.run("a").data[0], door.run("b").data[0]] == [["a"], ["b"]]
    assert VERSION not in door.run("c").headers


def test_a_session_hash_reaches_no_tokens_session(door: Door) -> None:
    """Nobody gets into a page's session by choosing its id, its token or its key as a session hash."""
    token = started(door, "secret")
    session_id = SessionSigner(KEYS).read(token).session_id
    digest = door.handler.app.state.service  # the app's own parts, to look for a way in
    names = [token, session_id, f"token:{session_id}", *(key for key, _ in digest.warm_store.store.scan(""))]

    for name in names:
        assert door.run("mine", session=name[:256]).data[0] == ["mine"]
    assert door.run("b", headers={SESSION: token}).data[0] == ["secret", "b"]


def test_a_tokens_session_wins_over_the_hash(door: Door) -> None:
    """Our page sends both; the token decides."""
    token = started(door)

    assert door.run("b", session="ann", headers={SESSION: token}).data[0] == ["a", "b"]
    assert door.run("c", session="ann").data[0] == ["c"]


@pytest.mark.parametrize("length", [0, 257, 10_000])
def test_a_session_hash_has_a_length(door: Door, length: int) -> None:
    """An empty name or one that no client would make up is refused, with its length."""
    body = {"data": ["a"], "fn_index": 0, "session_hash": "h" * length}
    answer = door("POST", "/gradio_api/queue/join", json=body)

    assert (answer.status, f"{length:} characters" in answer.json["error"]) == (400, True)


def test_a_function_is_told_the_sessions_name_and_not_its_token(serve: Serve) -> None:
    """``request.session_hash`` is the same on every call of a session, and no header gives access to it."""

    def tell(request: gr.Request) -> list[object]:
        return [request.session_hash, dict(request.headers), request.cookies, str(request)]

    door = serve(gr.Interface(tell, [], "json", api_name="predict"))
    first = door.run(headers={SESSION: "new", "user-agent": "a browser", "cookie": "theme=dark"})
    token = first.headers[SESSION]
    again = door.run(headers={SESSION: token})

    [name, headers, cookies, text] = first.data[0]
    assert name == again.data[0][0]
    assert re.fullmatch(r"[\w-]{43}", name)
    assert name not in token
    assert SessionSigner(KEYS).read(token).session_id not in str(again.data)
    assert SESSION not in headers
    assert (headers["user-agent"], cookies) == ("a browser", {"theme": "dark"})
    assert "dark" in text
    assert door.run(session="ann").data[0][0] == "ann"
    assert door.run().data[0][0] is None


def test_tokens_are_good_for_their_keys_only(serve: Serve, history: gr.Interface) -> None:
    """A key is added before the old one is dropped: sessions go on while both are known."""
    old, new = KEYS[0], "another-key-of-32-bytes-01234567"
    token = started(serve(history, session_keys=(old,)))

    assert serve(history, session_keys=(old, new)).run("b", headers={SESSION: token}).data[0] == ["a", "b"]
    assert serve(history, session_keys=(new,)).run("c", headers={SESSION: token}).status == 401


OLD, NEW = "an-old-key-for-tests-of-32-bytes", "a-new-key-for-tests-of-32-bytes-"
ROTATION = [(OLD,), (NEW, OLD), (OLD, NEW), (NEW,)]
"""The keys of each deployment, as docs/deploy.md has them; the last one signs."""


@pytest.mark.parametrize(("before", "after"), list(pairwise(ROTATION)))
def test_a_change_of_keys_logs_nobody_out(
    serve: Serve, history: gr.Interface, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """While a deployment goes on, pages of either kind of environment go back and forth between both.

    The last step comes a day later, when no token of the old key is good any more.
    """
    old, new = serve(history, session_keys=before), serve(history, session_keys=after)
    for first, second in ((old, new), (new, old)):
        token = started(first)
        for number, door in enumerate((second, first, second), 2):
            answer = door.run("b", headers={SESSION: token})
            assert answer.status == 200, answer.body
            assert len(answer.data[0]) == number
            token = answer.headers.get(SESSION, token)


def test_a_token_that_is_renewed_is_signed_by_the_new_key(serve: Serve, history: gr.Interface) -> None:
    """So a day after the change no page needs the old key; until then each token of it is read, whatever its age."""
    aged = SessionSigner((OLD,), clock=lambda: time.time() - 0.6 * TOKEN_TTL_SECONDS).issue("the-session")
    answer = serve(history, session_keys=(OLD, NEW)).run("a", headers={SESSION: aged})
    assert SessionSigner((NEW,)).read(answer.headers[SESSION]).session_id == "the-session"
    assert serve(history, session_keys=(NEW,)).run("b", headers={SESSION: answer.headers[SESSION]}).data[0] == [
        "a",
        "b",
    ]


def test_a_key_that_signs_before_all_environments_read_it_logs_pages_out(serve: Serve, history: gr.Interface) -> None:
    """Why a change takes one deployment more: the new key is read first, and signs later."""
    token = started(serve(history, session_keys=(OLD, NEW)))
    assert serve(history, session_keys=(OLD,)).run("b", headers={SESSION: token}).status == 401
