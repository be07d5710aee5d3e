"""The names that an app may have, against what its role may reach."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.errors import ConfigurationError
from adapter.settings import Settings
from adapter.state.session import SessionId, counter_key, global_key, mailbox_key, session_key
from tests.support.dev import ROOT

ROLE = Path(ROOT, "infra", "role.yaml").read_text("utf-8")
KEYS = re.findall(r'"([SGCM]#\$\{App\}#\*)"', ROLE)
OBJECTS = re.findall(r"\$\{Bucket\}/((?:state|files)/\S+)", ROLE)
NAMES = st.text("ab.-_ ", min_size=1, max_size=3) | st.text("ab#/*?$%", min_size=1, max_size=4)


def reaches(pattern: str, app: str, text: str) -> bool:
    """Whether a pattern of a policy, with an app's name in it, takes ``text``: ``*`` is anything, ``?`` one letter."""
    filled = re.escape(pattern.replace("${App}", app)).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(filled, text, re.DOTALL) is not None


def is_taken(app: str) -> bool:
    """Whether the settings take the name."""
    try:
        Settings(app=app)
    except ConfigurationError:
        return False
    return True


@settings(max_examples=1_000, deadline=None)
@given(NAMES, NAMES)
def test_no_app_reaches_anothers_keys_or_objects(app: str, other: str) -> None:
    """Of all names that the settings take: what ends a name and what a policy takes for more are in none of them."""
    if app == other or not (is_taken(app) and is_taken(other)):
        return
    session = SessionId("hash", "ann")
    keys = [
        session_key(other, session),
        mailbox_key(other, session),
        global_key(other, "a"),
        counter_key(other, "a", 0),
    ]
    assert not any(reaches(pattern, app, key) for pattern in KEYS for key in keys)
    assert not any(reaches(one, app, one.replace("${App}", other).replace("*", "a")) for one in OBJECTS)


@pytest.mark.parametrize(("app", "other"), [("a", "a#b"), ("*", "a"), ("?", "a"), ("a", "a/b")])
def test_names_that_would_reach_others_are_refused(app: str, other: str) -> None:
    """By the settings, and by the template of the role."""
    [allowed] = re.findall(r'AllowedPattern: "(.*)"', ROLE)
    assert not (is_taken(app) and is_taken(other))
    assert not (re.fullmatch(allowed, app) and re.fullmatch(allowed, other))


def test_the_role_has_been_read() -> None:
    """Four kinds of keys and three folders of objects."""
    assert (len(KEYS), len(OBJECTS)) == (4, 3)
