"""The production handler on this machine: HTTP, API Gateway events, and processes as execution environments.

The parent listens (`server`, `front_door`), picks an environment per request (`pool`) and talks to it
(`process`, `frames`); each environment is a process of its own (`environment`) that loads the app (`loader`).
"""

from adapter.commands.dev.options import add_dev

__all__ = ["add_dev"]
