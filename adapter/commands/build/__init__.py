"""``adapter build``: makes a function's folder into what Lambda is given, so that it starts quickly."""

from adapter.commands.build.options import add_build

__all__ = ["add_build"]
