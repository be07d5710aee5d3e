"""``adapter new``: begins a function, with its test and its place in the template."""

from adapter.new_command.options import add_new

__all__ = ["add_new"]
