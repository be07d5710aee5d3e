"""What the page needs to know of a listener beside its function, and how an app says it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from adapter.app.arguments import as_list, refuse_unknown
from adapter.errors import ConfigurationError, NotAvailable

if TYPE_CHECKING:
    from adapter.app.drawings import Part

MODES = ("once", "multiple", "always_last")
"""The values of ``trigger_mode``."""

PROGRESS = {True: "full", False: "hidden"}
"""What ``show_progress`` may be told by, as in Gradio."""

TRIGGER_MODES = {"change": "always_last", "key_up": "always_last", "stream": "multiple"}
"""What a page does with an event while the call of an earlier one runs, where the app does not say; else "once"."""

IGNORED_OPTIONS = ("concurrency_limit", "concurrency_id", "key")
"""Options whose effect one invocation per environment makes needless."""


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """What the page needs to know of a listener, under the config's names.

    Attributes:
        queue: whether clients use the queue for it.
        js: a script that runs in the page before the function, or in its place.
        script: the name of ``js`` among the page's scripts, where it is one that the page loads.
        scroll_to_output: whether the page scrolls to the first output.
        show_progress: how a running call is shown: "full", "minimal" or "hidden".
        show_progress_on: the ids of the blocks that show it; ``None`` for the outputs.
        trigger_mode: what the page does with an event while the call of an earlier one runs; see `MODES`.
        trigger_after: the id of the listener after which it runs.
        trigger_only_on_success: whether that must have succeeded.
        trigger_only_on_failure: whether that must have failed.
        batch: whether the function takes lists of arguments.
        max_batch_size: entries of such a list.
        time_limit: seconds that a stream may take; ``None`` for no limit.
        stream_every: seconds between the pieces of a stream.
        part: the part of the page that it draws.
        rendered_in: the number of the part in whose drawing it stands.
    """

    queue: bool = True
    js: str | None = None
    script: str | None = None
    scroll_to_output: bool = False
    show_progress: Literal["full", "minimal", "hidden"] = "full"
    show_progress_on: list[int] | None = None
    trigger_mode: Literal["once", "multiple", "always_last"] = "once"
    trigger_after: int | None = None
    trigger_only_on_success: bool = False
    trigger_only_on_failure: bool = False
    batch: bool = False
    max_batch_size: int = 4
    time_limit: float | None = None
    stream_every: float = 0.5
    part: Part | None = None
    rendered_in: int | None = None

    def shift(self, first: int) -> ListenerOptions:
        """Return the options on a page where the listeners' numbers are higher by ``first``."""
        return self if self.trigger_after is None else replace(self, trigger_after=self.trigger_after + first)


NAMED_BY_APPS = {one.name for one in fields(ListenerOptions)} - {"queue", "js", "script", "part", "rendered_in"}
"""Options that a listener's method takes by these names; `listen` has parameters for the rest, or works it out."""


def listener_options(options: dict[str, Any], event: str | None) -> ListenerOptions:
    """Return what a listener is told of by ``options``, with the defaults that depend on the event.

    Args:
        options: the further arguments of a listener's method.
        event: the name of the first event that it listens to; ``None`` where it listens to none.

    Raises:
        ConfigurationError: an option has a value that does not exist.
        NotAvailable: an option of Gradio's that the adapter does not have.
    """
    for name in ("preprocess", "postprocess"):
        if options.get(name, True) is not True:
            raise NotAvailable(
                f"a listener was given {name}=False, which the adapter does not have; leave it out, and take and "
                f"return the values that the components' documentation names."
            )
    known = {name: value for name, value in options.items() if name in NAMED_BY_APPS}
    refuse_unknown(
        "a listener",
        {name: value for name, value in options.items() if name not in NAMED_BY_APPS},
        ignored=(*IGNORED_OPTIONS, "preprocess", "postprocess"),
    )
    mode = known.get("trigger_mode")
    if mode not in (None, *MODES):
        raise ConfigurationError(f"trigger_mode is {mode!r}; use one of {', '.join(map(repr, MODES))}.")
    if isinstance(known.get("show_progress"), bool):
        known["show_progress"] = PROGRESS[known["show_progress"]]
    if mode is None:
        known["trigger_mode"] = TRIGGER_MODES.get(event or "", "once")
    if "show_progress_on" in known:
        known["show_progress_on"] = [block.id for block in as_list(known["show_progress_on"])] or None
    return ListenerOptions(**known)
