"""``adapter state``: looks after sessions and globals, in any store."""

from adapter.state_command.options import Subcommands, add_state

__all__ = ["Subcommands", "add_state"]
