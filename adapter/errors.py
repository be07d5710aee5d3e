"""The errors that the adapter raises on purpose: what callers, visitors, authors and operators are told.

    AdapterError
    ├── Error                   raised by the user's function, shown to the visitor as it stands
    ├── BadRequest              the caller's mistake
    │   ├── MalformedRequest        400  not JSON, no session hash, wrong shape
    │   ├── InvalidToken            401  a session token that is forged or expired
    │   ├── NotAllowed              403  a file that is not served
    │   ├── NotFound                404  no such endpoint, event or file
    │   ├── StateConflict           409  somebody else committed first and the call may not be run again
    │   ├── AlreadyApplied          410  a call that was sent again; it was applied when it came first
    │   ├── TooLarge                413  a body, file or state over its limit
    │   └── InvalidInput            422  an input of the wrong number, type or range; an `Error`, too
    │       └── ValidationFailed            the app's validator refused it; carries what it said
    ├── FunctionFailed          500  the user's function raised; its text is kept from visitors
    ├── CannotStore             422  a value that has no stored form: State, path and type are named
    ├── CannotRead              a payload that this version of the app cannot decode
    ├── StoreError              503  the store did not answer, or refused; names table, action and remedy
    │   └── Conflict                a conditional write that lost; carries the winners
    ├── ConfigurationError      the app or its settings are wrong; said at start
    └── NotAvailable            a Gradio name or option the adapter does not have
        └── UnknownName             a name of one of Gradio's modules; an ImportError, too

HTTP statuses are applied in one table, ``adapter/web/errors.py``. A refinement that only its neighbours tell apart
(``Superseded`` of a transaction, ``ObjectGone`` of the stores) is defined where it is raised. An argument that a
component's constructor does not take is a ``ValueError`` or a ``TypeError``, as in Gradio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adapter.state.stores.base import Record


class AdapterError(Exception):
    """Root of every error the adapter raises on purpose."""


class Error(AdapterError):
    """Raise in a function to show ``message`` to the visitor; the call changes no state.

    Args:
        message: what the visitor reads.
        duration: seconds the message stays; ``None`` until it is closed.
        visible: whether the page shows it.
        title: the message's heading.
        print_exception: whether the traceback is logged.
    """

    def __init__(
        self,
        message: str = "Error raised.",
        duration: float | None = 10,
        visible: bool = True,
        title: str = "Error",
        *,
        print_exception: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.duration = duration
        self.visible = visible
        self.title = title
        self.print_exception = print_exception


class BadRequest(AdapterError):
    """The caller's mistake; the message says what was wrong and what is wanted."""


class MalformedRequest(BadRequest):
    """Raise when a request cannot be read: not JSON, a missing session hash, a wrong shape."""


class InvalidToken(BadRequest):
    """Raise when a session token is forged, damaged or expired."""


class NotAllowed(BadRequest):
    """Raise when a file is asked for that is not served."""


class NotFound(BadRequest):
    """Raise when an endpoint, an event or a file does not exist."""


class StateConflict(BadRequest):
    """Raise when somebody else committed first and the call may not be run again."""


class AlreadyApplied(BadRequest):
    """Raise when a call is sent again that was applied when it came first; its answer is gone."""

    def __init__(self) -> None:
        super().__init__(
            "This call had arrived when it was sent first, and was applied; only its answer was lost. "
            "It was not applied again."
        )


class TooLarge(BadRequest):
    """Raise when a body, a file or a state is over its limit."""


class InvalidInput(BadRequest, Error):
    """Raise when an input has the wrong number, type or range; names the component.

    It is an `Error`, as what Gradio's components raise: scripts catch it as one.
    """


class ValidationFailed(InvalidInput):
    """Raise when an app's validator refuses inputs.

    Args:
        results: what it said, one entry per input: ``is_valid``, ``message``, ``parameter_name``.
    """

    def __init__(self, results: list[dict[str, Any]]) -> None:
        super().__init__(" ".join(str(one["message"]) for one in results if not one["is_valid"]))
        self.results = results


class FunctionFailed(AdapterError):
    """Raise when the user's function raised something else than `Error`; chained to what it raised."""


class CannotStore(AdapterError, TypeError):
    """Raise when a value has no stored form; names the State, the path and the type."""


class CannotRead(AdapterError):
    """Raise when a payload cannot be decoded by this version of the app."""


class StoreError(AdapterError):
    """Raise when the store did not answer or refused; names table, action and remedy."""


class Conflict(StoreError):
    """Raise when a conditional write lost.

    Args:
        winners: per key that failed, what stands there now; a key without an item has
            version 0 and no payload.
    """

    def __init__(self, winners: Mapping[str, Record]) -> None:
        super().__init__(f"somebody else wrote {', '.join(sorted(winners))} first")
        self.winners = dict(winners)


class ConfigurationError(AdapterError):
    """Raise when the app or its settings are wrong; said at start, with the remedy."""


class NotAvailable(AdapterError, NotImplementedError):
    """Raise when a Gradio name or option is used that the adapter does not have."""


class UnknownName(NotAvailable, ImportError):
    """Raise when a name is imported from one of Gradio's modules that the adapter does not have."""
