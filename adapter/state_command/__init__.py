"""``adapter state``: looks after sessions and globals, in any store."""

from adapter.state_command.options import add_state

__all__ = ["add_state"]
