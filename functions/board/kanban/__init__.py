"""A board of cards in columns: a component of its own, in a Python class and an ES module."""

from kanban.board import Board, MoveData

__all__ = ["Board", "MoveData"]
