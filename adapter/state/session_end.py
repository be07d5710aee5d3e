"""What happens when a session ends: its item goes, and its States' callbacks are told."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from adapter.errors import CannotRead
from adapter.files.base import FileStore
from adapter.state.codec import unseal_states
from adapter.state.session import SessionId, StateVariable, session_key
from adapter.state.warm_copies import dropping
from adapter.state.warm_store import StateSpace

logger = logging.getLogger("adapter.state")


def reset_session(space: StateSpace, session: SessionId, variables: Iterable[StateVariable]) -> bool:
    """Delete a session and call the ``delete_callback`` of its States.

    Args:
        space: where it is kept.
        session: which.
        variables: the app's States.

    Returns:
        Whether there was anything to delete.
    """
    key = session_key(space.app, session)
    record = space.store.read([key]).get(key)
    space.store.delete([key])
    space.cache.drop(key)
    if record is None or record.payload is None:
        return False
    tell_dropped(record.payload, variables, space.files)
    return True


def tell_dropped(payload: bytes, variables: Iterable[StateVariable], files: FileStore | None) -> None:
    """Call the ``delete_callback`` of each State with its value in ``payload``, a session's last one."""
    try:
        states = unseal_states(payload)
    except CannotRead as error:
        logger.warning("a session that ended cannot be read by this version of the app: %s", error)
        return
    for variable in variables:
        stored = states.get(variable.name)
        if stored is not None and variable.delete_callback is not None:
            dropping(variable, stored, files)()
