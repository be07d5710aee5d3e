"""Conversations in pairs, as Gradio 3 to 5 wrote them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.components.chatbot import Chatbot
from adapter.components.data import JSON
from adapter.components.messages import ChatMessage, OptionDict
from adapter.components.pair_use import form_taken
from adapter.errors import Error, InvalidInput
from adapter.files import LocalFiles
from adapter.state.codec import decode, encode
from tests.pairs.apps import uses

SIDE = st.none() | st.text(max_size=8)
PAIRS = st.lists(st.lists(SIDE, min_size=2, max_size=2) | st.tuples(SIDE, SIDE), max_size=6)


def back(value: Any, chatbot: Chatbot | None = None) -> list[Any]:
    """Return what a function gets for what another one has given."""
    chatbot = chatbot or Chatbot(render=False)
    return chatbot.preprocess(chatbot.postprocess(value))


@given(pairs=PAIRS)
def test_a_function_that_gave_pairs_gets_these_pairs_back(pairs: list[Sequence[str | None]]) -> None:
    """As lists, whatever they were and whatever they say: nothing, blanks and empty texts too."""
    assert back(pairs) == [list(pair) for pair in pairs]
    assert back(pairs, Chatbot(type="tuples", render=False)) == [list(pair) for pair in pairs]


@given(pairs=PAIRS, end=st.integers(0, 6), start=st.integers(0, 6))
def test_a_part_of_a_conversation_is_the_part_of_its_pairs(pairs: list[Any], start: int, end: int) -> None:
    """A caller who sends back some of the messages has the function get the pairs of those."""
    chatbot = Chatbot(render=False)
    sent = chatbot.postprocess(pairs)
    kept = [row for row in sent if start <= row["pair"] < end]

    assert chatbot.preprocess(kept) == [list(pair) for pair in pairs[start:end]]


def test_pairs_are_shown_as_messages() -> None:
    """What each side said is a message, and ``None`` is none; texts are not trimmed, since the function goes on."""
    sent = Chatbot().postprocess([["hi", None], (None, "Hello."), ["", "  in\n    there "]])
    shown = [(row["role"], [part["text"] for part in row["content"]]) for row in sent]

    assert shown == [("user", ["hi"]), ("assistant", ["Hello."]), ("user", [""]), ("assistant", ["  in\n    there "])]


def test_files_and_components_stand_in_pairs(files: LocalFiles) -> None:
    """A file is a tuple of its path and perhaps a text, and comes back as one, in a place on this machine."""
    Path("cat.txt").write_text("meow")
    chatbot = Chatbot()
    given = [[("cat.txt",), None], [["cat.txt", "a cat"], {"path": "cat.txt"}], ["look", JSON([1], label="L")]]
    sent = chatbot.postprocess(given)
    got = chatbot.preprocess(sent)

    assert [row["content"][0]["type"] for row in sent] == ["file", "file", "file", "text", "component"]
    assert sent[1]["content"][0]["alt_text"] == "a cat"
    assert [Path(pair[0][0]).read_text() for pair in got[:2]] == ["meow", "meow"]
    assert (got[0][1], got[1][0][1], len(got[1][1])) == (None, "a cat", 1)
    assert (got[2][0], got[2][1].value, got[2][1].label) == ("look", [1], "L")
    assert chatbot.postprocess(got) == sent


def test_messages_among_pairs_are_pairs_too_and_lose_nothing() -> None:
    """A function that gave pairs gets pairs alone; what a message has besides its text stays with it."""
    thought = {"title": "Thinking"}
    options = [OptionDict(value="yes")]
    chatbot = Chatbot()
    given = [
        {"role": "system", "content": "Be kind."},
        ["hi", None],
        {"role": "assistant", "content": "Hm.", "metadata": thought},
        ChatMessage("Well?", options=options),
        {"role": "user", "content": ["one", "two"]},
    ]
    got = chatbot.preprocess(chatbot.postprocess(given))

    assert got == [[None, "Be kind."], ["hi", "Hm."], [None, "Well?"], ["one", None], ["two", None]]
    kept = decode(encode(got, name="history"))
    again = chatbot.postprocess(kept)
    assert [row["role"] for row in again] == ["system", "user", "assistant", "assistant", "user", "user"]
    assert again[2]["metadata"] == thought
    assert again[3]["options"] == options


def test_messages_stay_messages() -> None:
    """Where no pair was given a function gets messages, and ``type="messages"`` takes no pairs, as in Gradio 5."""
    message = {"role": "user", "content": "hi"}
    [got] = back([message])
    assert got["content"] == [{"text": "hi", "type": "text"}]
    assert "pair" not in Chatbot().postprocess([message])[0]
    assert back([message], Chatbot(type="tuples")) == [["hi", None]]
    with pytest.raises(Error, match="must be a dict"):
        Chatbot(type="messages").postprocess([["hi", None]])
    with pytest.raises(InvalidInput, match="a list of messages"):
        Chatbot(type="messages").preprocess([["hi", None]])


def test_callers_may_send_pairs() -> None:
    """As clients of Gradio 3 to 5 do."""
    file = {"file": {"path": "data:text/plain,x", "meta": {"_type": "gradio.FileData"}}, "alt_text": None}

    assert Chatbot().preprocess([["hi", None], ["there", "Hello."]]) == [["hi", None], ["there", "Hello."]]
    assert Chatbot().preprocess([[file, "A file."]]) == [[("data:text/plain,x",), "A file."]]
    refused: tuple[Any, ...] = ([["hi"]], [["hi", 3]], [[{}, None]], [3], "text", {"a": 1})
    for wrong in refused:
        with pytest.raises(InvalidInput, match="a list of messages"):
            Chatbot().preprocess(wrong)


@given(marks=st.lists(st.none() | st.integers() | st.text() | st.lists(st.none()), min_size=3, max_size=3))
def test_whatever_stands_as_a_pairs_number_is_read(marks: list[Any]) -> None:
    """A caller may write anything there: every message is in a pair, in its order."""
    rows = [
        {"role": role, "content": [{"text": role, "type": "text"}], "pair": mark}
        for role, mark in zip(("user", "assistant", "user"), marks, strict=True)
    ]
    got = Chatbot(render=False).preprocess(rows)

    assert [side for pair in got for side in pair if side is not None] == ["user", "assistant", "user"]


# -- which form a function takes --------------------------------------------------------------------


@pytest.mark.parametrize("fn", uses.PAIRS)
def test_functions_that_take_pairs_are_known(fn: Callable[..., Any]) -> None:
    """By their annotation, or by what fails with messages: in every environment, before they have given any."""
    chatbot = Chatbot()
    rows = chatbot.postprocess([{"role": "user", "content": "hi"}, {"role": "assistant", "content": "Hello."}])

    assert form_taken(fn, "history") == "tuples"
    assert chatbot.for_function(fn, "history").preprocess(rows) == [["hi", "Hello."]]
    assert chatbot.for_function(fn, None) is chatbot


@pytest.mark.parametrize("fn", uses.MESSAGES)
def test_functions_that_take_messages_are_known(fn: Callable[..., Any]) -> None:
    """They get messages where another function of the page has given pairs."""
    chatbot = Chatbot()
    [got] = chatbot.for_function(fn, "history").preprocess(chatbot.postprocess([["hi", None]]))

    assert got["role"] == "user"
    assert Chatbot(type="tuples").for_function(fn, "history").preprocess(chatbot.postprocess([["hi", None]])) == [
        ["hi", None]
    ]


@pytest.mark.parametrize("fn", [*uses.EITHER, len])
def test_functions_that_do_neither_are_not_judged(fn: Callable[..., Any]) -> None:
    """They get what was given, and so does one that does both."""
    chatbot = Chatbot()
    assert form_taken(fn, "history") is None
    assert chatbot.for_function(fn, "history") is chatbot
