"""``adapter state``: looks after sessions and globals, in any store."""

from adapter.commands.state.options import add_state

__all__ = ["add_state"]
