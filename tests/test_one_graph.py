"""What a State's objects are to each other, as functions of several listeners and environments see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from adapter.calls.endpoint import Endpoint
from adapter.components.state import State
from adapter.components.text import Textbox
from adapter.state.codec import register_type
from adapter.state.global_state import GlobalState
from adapter.state.session import SessionId
from tests.test_endpoint import Start, answer, environment

__all__ = ["environment"]

BOB = SessionId("hash", "bob")


@register_type
class Game:
    """Keeps its current piece, which is one of its pieces; each piece knows the game."""

    def __init__(self) -> None:
        self.pieces = [Piece(self, number) for number in range(3)]
        self.current = self.pieces[0]
        self.placed: set[Piece] = set()


@register_type
class Piece:
    def __init__(self, game: Game, number: int) -> None:
        self.game = game
        self.number = number
        self.is_done = False


def finish(game: Game) -> str:
    """Finish the current piece and go on to the next."""
    game.current.is_done = True
    game.placed.add(game.current)
    left = [piece for piece in game.pieces if not piece.is_done]
    game.current = left[0] if left else game.pieces[0]
    assert game.current.game is game
    return ",".join(str(piece.number) for piece in game.pieces if piece.is_done and piece in game.placed)


@pytest.mark.parametrize("returns", [False, True])
def test_a_current_piece_stays_one_of_the_pieces(returns: bool, environment: Start) -> None:
    """Whether the function changes the game in place or returns it, on whatever environment the next call is."""

    def play(game: Game) -> Any:
        done = finish(game)
        return (done, game) if returns else done

    state = State(Game)
    outputs = [Textbox(), state] if returns else [Textbox()]
    endpoint = Endpoint(play, name="play", inputs=[state], outputs=outputs)
    assert [answer(endpoint, environment())[0] for _ in range(3)] == ["0", "0,1", "0,1,2"]


def test_what_one_listener_gives_a_state_the_next_one_finds(environment: Start) -> None:
    """Of an output that shares with the input that it was made of: what it shares is shared in the State."""

    def begin(tree: dict[str, Any]) -> dict[str, Any]:
        tree["left"], tree["right"] = {"parent": tree}, {"parent": tree, "words": tree["words"]}
        return {"root": tree, "nodes": [tree["left"], tree["right"]]}

    def go_on(tree: dict[str, Any]) -> str:
        left, right = tree["nodes"]
        assert left is tree["root"]["left"]
        assert left["parent"] is right["parent"] is tree["root"]
        right["words"].append("seen")
        return " ".join(tree["root"]["words"])

    state = State({"words": ["kept"]})
    assert answer(Endpoint(begin, name="begin", inputs=[state], outputs=[state]), environment()) == [None]
    look = Endpoint(go_on, name="look", inputs=[state], outputs=[Textbox()])
    assert answer(look, environment()) == ["kept seen"]
    assert answer(look, environment()) == ["kept seen seen"]


def test_a_generator_keeps_what_it_shares(environment: Start) -> None:
    """Between its yields it is the function's own value; after them it is stored as one graph."""

    def stream(board: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for number in range(2):
            board.setdefault("rows", []).append([number])
            board["last"] = board["rows"][-1]
            yield str(board["rows"]), board

    state = State({})
    endpoint = Endpoint(stream, name="stream", inputs=[state], outputs=[Textbox(), state])
    answer(endpoint, environment())

    def mark(board: dict[str, Any]) -> str:
        board["last"].append("x")
        return str(board["rows"])

    look = Endpoint(mark, name="mark", inputs=[state], outputs=[Textbox()])
    assert answer(look, environment()) == ["[[0], [1, 'x']]"]


def test_a_global_s_objects_are_one_for_everybody(environment: Start) -> None:
    """A GlobalState is one graph too, also where it is changed by ``update``."""
    first = environment()
    seats: Any = GlobalState({"free": [{"by": None}, {"by": None}], "taken": {}}, name="seats")

    def take(name: str) -> str:
        seat = next(seat for seat in seats["free"] if seat["by"] is None)
        seats["taken"][name] = seat
        seats["taken"][name]["by"] = name
        return str([seat["by"] for seat in seats["free"]])

    endpoint = Endpoint(take, name="take", inputs=[Textbox()], outputs=[Textbox()])
    assert answer(endpoint, first, "ann") == ["['ann', None]"]
    assert answer(endpoint, environment(), "bob", session=BOB) == ["['ann', 'bob']"]


def test_a_state_that_is_only_read_is_not_written(environment: Start) -> None:
    """A graph has the same bytes again, or every look would be a change."""

    def look(game: Game) -> str:
        return str(len(game.placed))

    state = State(Game)
    play = Endpoint(lambda game: finish(game), name="play", inputs=[state], outputs=[Textbox()])
    reading = Endpoint(look, name="look", inputs=[state], outputs=[Textbox()])
    answer(play, environment())
    answer(play, environment())
    warm_store = environment()
    before = dict(warm_store.store.scan(""))
    assert answer(reading, warm_store) == ["2"]
    assert dict(warm_store.store.scan("")) == before


Default = Callable[[], Any]


@pytest.mark.parametrize("kind", ["function", "generator"])
def test_an_async_default_is_awaited_once_per_session(kind: str, environment: Start) -> None:
    """On the call's own event loop; what it gave is the session's from then on."""
    made: list[asyncio.AbstractEventLoop] = []
    ran: list[asyncio.AbstractEventLoop] = []

    async def default() -> list[int]:
        await asyncio.sleep(0)
        made.append(asyncio.get_running_loop())
        return [len(made)]

    async def function(value: list[int]) -> str:
        ran.append(asyncio.get_running_loop())
        return str(value)

    async def generator(value: list[int]) -> AsyncIterator[str]:
        ran.append(asyncio.get_running_loop())
        yield str(value)

    state = State(default)
    fn = function if kind == "function" else generator
    endpoint = Endpoint(fn, name="look", inputs=[state], outputs=[Textbox()])
    assert [answer(endpoint, environment())[0] for _ in range(3)] == ["[1]"] * 3
    assert answer(endpoint, environment(), session=BOB) == ["[2]"]
    assert len(made) == 2
    assert made[0] is ran[0]


def test_an_async_default_of_a_global_gives_its_result(environment: Start) -> None:
    """And no coroutine."""
    warm_store = environment()

    async def default() -> list[int]:
        return [1]

    shared: Any = GlobalState(default, name="shared")
    endpoint = Endpoint(lambda: str(len(shared)), name="look", inputs=[], outputs=[Textbox()])
    assert answer(endpoint, warm_store) == ["1"]


@register_type
class Cell:
    def __init__(self) -> None:
        self.around: list[Cell] = []
        self.visits = 0


def maze() -> list[Cell]:
    """Return cells that know their neighbours: a web too deep for ``copy``."""
    cells = [Cell() for _ in range(900)]
    for at, cell in enumerate(cells):
        cell.around = [cells[other] for other in (at - 30, at - 1, at + 1, at + 30) if 0 <= other < len(cells)]
    return cells


def test_a_web_of_objects_may_be_a_first_value(environment: Start) -> None:
    """Of a State and of a GlobalState; each session has its own, whatever is done in place."""
    first = environment()

    def walk(cells: list[Cell]) -> str:
        cells[0].around[0].visits += 1
        everybody[0].around[0].visits += 1
        return f"{cells[1].visits} {everybody[1].visits}"

    state, everybody = State(maze()), GlobalState(maze(), name="everybody")
    endpoint = Endpoint(walk, name="walk", inputs=[state], outputs=[Textbox()])
    assert answer(endpoint, first) == ["1 1"]
    assert answer(endpoint, environment()) == ["2 2"]
    assert answer(endpoint, environment(), session=BOB) == ["1 3"]
