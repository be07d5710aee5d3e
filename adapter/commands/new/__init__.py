"""``adapter new``: begins a function, with its test and its place in the template."""

from adapter.commands.new.options import add_new

__all__ = ["add_new"]
