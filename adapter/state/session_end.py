"""What happens when a session ends: its item goes, and its States' callbacks are told."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from adapter.errors import CannotRead
from adapter.files.base import FileStore
from adapter.state.codec import unseal_states
from adapter.state.session import SessionId, StateVariable, session_key
from adapter.state.warm_copies import dropping
from adapter.state.warm_store import WarmStore

logger = logging.getLogger("adapter.state")


def reset_session(warm_store: WarmStore, session: SessionId, variables: Iterable[StateVariable]) -> bool:
    """Delete a session and call the ``delete_callback`` of its States.

    Args:
        warm_store: where it is kept.
        session: which.
        variables: the app's States.

    Returns:
        Whether there was anything to delete.
    """
    key = session_key(warm_store.app, session)
    record = warm_store.store.read([key]).get(key)
    warm_store.store.delete([key])
    warm_store.cache.drop(key)
    if record is None or record.payload is None:
        return False
    tell_dropped(record.payload, variables, warm_store.files)
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
