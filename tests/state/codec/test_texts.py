"""Texts within an encoded value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapter.state.codec import encode
from adapter.state.codec.texts import texts_beginning

TAILS = st.text(max_size=300)
OTHERS = st.recursive(st.none() | st.integers() | st.text(max_size=40), lambda inner: st.lists(inner, max_size=3))


@given(st.lists(TAILS, max_size=4), OTHERS)
def test_every_text_with_the_beginning_is_found(tails: list[str], other: object) -> None:
    """Wherever it stands: in lists, dicts, tuples, sets, as a key."""
    texts = [f"/tmp/kept/{tail}" for tail in tails]
    value = {"a": [other, *texts], "b": {text: {"deep": (text, other)} for text in texts}, "c": set(texts)}
    assert set(texts) <= set(texts_beginning("/tmp/kept/", encode(value, name="x")))


@given(OTHERS)
def test_where_there_is_none_none_is_found(other: object) -> None:
    """A value without such a text gives nothing."""
    assert list(texts_beginning("/tmp/kept-nowhere-else/", encode(other, name="x"))) == []
