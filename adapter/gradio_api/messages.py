"""The items of an event stream, as Gradio's clients read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from adapter.calls.call import Step
from adapter.calls.notices import Notice, ProgressNotice, Said
from adapter.errors import AdapterError, ConfigurationError, Error, FunctionFailed, StoreError
from adapter.gradio_api.config import render_config
from adapter.gradio_api.diff import diff
from adapter.gradio_api.json import dumps

Message = dict[str, Any]

GENERIC_ERROR = "Something went wrong in this app. The details are in its log."
STORAGE_ERROR = "The storage of this app cannot be reached at the moment. Try again."
"""Of a store or bucket that fails; which one, where and what the role lacks is for the log."""
ERROR_SECONDS = 10
"""How long a page shows an error; Gradio's default."""


def estimation(event_id: str) -> Message:
    """The call stands in the queue: always first, for nothing is before it in its environment."""
    return {"msg": "estimation", "event_id": event_id, "rank": 0, "queue_size": 1, "rank_eta": None}


def process_starts(event_id: str) -> Message:
    """The call begins."""
    return {"msg": "process_starts", "event_id": event_id, "eta": None}


def log(event_id: str, notice: Notice) -> Message:
    """What the function says to its visitor."""
    return {"msg": "log", "event_id": event_id, **logged(notice)}


def progress(event_id: str, notice: ProgressNotice) -> Message:
    """How far the function is, its outermost loop first."""
    return {"msg": "progress", "event_id": event_id, "progress_data": [asdict(level) for level in notice.levels]}


def logged(notice: Notice) -> dict[str, Any]:
    """A notice without its event."""
    return {
        "log": notice.message,
        "level": notice.level,
        "duration": notice.duration,
        "visible": notice.visible,
        "title": notice.title,
    }


def output(step: Step, data: Sequence[Any] | None = None) -> dict[str, Any]:
    """The body of an answer: of ``/run``, and inside the messages of a stream."""
    return {
        "data": step.data if data is None else data,
        "is_generating": not step.final,
        "duration": step.seconds,
        "average_duration": step.seconds,
        "render_config": None if step.drawing is None else render_config(step.drawing),
        "changed_state_ids": [state.id for state in step.changed],
    }


def process_generating(event_id: str, step: Step, data: Sequence[Any]) -> Message:
    """A yield: the first one whole, later ones as differences."""
    return {
        "msg": "process_generating",
        "event_id": event_id,
        "output": output(step, data),
        "success": True,
        "time_limit": None,
    }


def process_completed(event_id: str, step: Step) -> Message:
    """The call has ended and its state is durable."""
    return {
        "msg": "process_completed",
        "event_id": event_id,
        "output": {**output(step), "used_cache": None},
        "success": True,
        "title": None,
        "used_cache": None,
        "cache_duration": step.seconds,
        "avg_time": step.seconds,
    }


def process_failed(event_id: str, shown: dict[str, Any]) -> Message:
    """The call failed and changed no state; ``shown`` is from `error_shown`."""
    return {
        "msg": "process_completed",
        "event_id": event_id,
        "output": shown,
        "success": False,
        "title": shown["title"],
        "used_cache": None,
        "cache_duration": None,
        "avg_time": None,
    }


def unexpected_error(shown: dict[str, Any]) -> Message:
    """The stream itself failed; for every call that waits on it. Gradio's Python client fails if it names an event."""
    return {"msg": "unexpected_error", "event_id": None, "message": shown["error"], "success": False}


def close_stream() -> Message:
    """Nothing follows."""
    return {"msg": "close_stream", "event_id": None}


def error_shown(error: AdapterError, *, show_error: bool) -> dict[str, Any]:
    """What a visitor reads of an error; no other keys, or Gradio's Python client fails on them.

    Args:
        error: what was raised.
        show_error: whether the text of a function's own exception may be shown.
    """
    if isinstance(error, Error):
        return {"error": error.message, "duration": error.duration, "visible": error.visible, "title": error.title}
    text = STORAGE_ERROR if isinstance(error, StoreError) else str(error)
    if isinstance(error, ConfigurationError) and not show_error:  # it names settings, folders and files of the function
        text = GENERIC_ERROR
    if isinstance(error, FunctionFailed):
        cause = error.__cause__ or error
        text = (str(cause) or type(cause).__name__) if show_error else GENERIC_ERROR
    return {"error": text, "duration": ERROR_SECONDS, "visible": True, "title": "Error"}


class QueueFormat:
    """A session's event stream: every message names its event, later yields are differences."""

    def begin(self, event_id: str) -> list[Message]:
        """Return the messages before a call runs."""
        return [estimation(event_id), process_starts(event_id)]

    def notice(self, event_id: str, notice: Said) -> list[Message]:
        """Return the messages of what the function tells meanwhile."""
        return [log(event_id, notice) if isinstance(notice, Notice) else progress(event_id, notice)]

    def step(self, event_id: str, step: Step, previous: Step | None) -> list[Message]:
        """Return the messages of what a call gave; ``previous`` is the step before."""
        if step.final:
            return [process_completed(event_id, step)]
        data = step.data
        if previous is not None:
            data = [diff(old, new) for old, new in zip(previous.data, step.data, strict=True)]
        return [process_generating(event_id, step, data)]

    def failure(self, event_id: str, shown: dict[str, Any]) -> list[Message]:
        """Return the messages of a call that failed."""
        return [process_failed(event_id, shown)]

    def unfinished(self, shown: dict[str, Any]) -> list[Message]:
        """Return nothing: whoever runs the call sends its messages."""
        return []

    def broken(self, shown: dict[str, Any]) -> list[Message]:
        """Return the messages of a stream that failed, before those that end it."""
        return [unexpected_error(shown)]

    def close(self) -> list[Message]:
        """Return the messages that end the stream."""
        return [close_stream()]

    def block(self, message: Message) -> bytes:
        """Return one block of the stream: exactly ``data: <one line of JSON>`` and an empty line.

        Gradio's Python client takes no comments, no event lines and no carriage returns.
        """
        return b"data: " + dumps(message) + b"\n\n"


class CallFormat:
    """The event stream of one ``/call``: named events with whole values."""

    def begin(self, event_id: str) -> list[Message]:
        """Return nothing: the stream begins with a value."""
        return []

    def notice(self, event_id: str, notice: Said) -> list[Message]:
        """Return nothing: this form has no place for notices."""
        return []

    def step(self, event_id: str, step: Step, previous: Step | None) -> list[Message]:
        """Return the values so far, whole."""
        return [{"event": "complete" if step.final else "generating", "data": step.data}]

    def failure(self, event_id: str, shown: dict[str, Any]) -> list[Message]:
        """Return what the caller reads of a failure."""
        return [{"event": "error", "data": shown}]

    def unfinished(self, shown: dict[str, Any]) -> list[Message]:
        """Return what the caller reads when another request's run takes longer than this one may wait."""
        return [{"event": "error", "data": shown}]

    def broken(self, shown: dict[str, Any]) -> list[Message]:
        """Return what the caller reads of a stream that failed."""
        return [{"event": "error", "data": shown}]

    def close(self) -> list[Message]:
        """Return nothing: the stream just ends."""
        return []

    def block(self, message: Message) -> bytes:
        """Return one block of the stream, with its event's line."""
        return f"event: {message['event']}\ndata: ".encode() + dumps(message["data"]) + b"\n\n"
