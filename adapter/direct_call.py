"""A page called as a function: ``demo("x")`` runs one of its endpoints here, without a server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from adapter.call import Call
from adapter.components.state import State
from adapter.errors import ConfigurationError
from adapter.files.in_call import CallFiles

if TYPE_CHECKING:
    from adapter.blocks import Blocks

_Result = TypeVar("_Result")


def call_directly(demo: Blocks, inputs: Sequence[Any], *, fn_index: int, api_name: str | None) -> Any:
    """Run an endpoint of ``demo``; return what goes to its output, a list for several.

    Args:
        demo: the page.
        inputs: as callers of the API send them.
        fn_index: the listener's number.
        api_name: the endpoint's name, which goes before the number.

    Raises:
        ConfigurationError: it is a generator, or has a State, which nothing keeps here.
        NotFound: there is no such endpoint.
        AdapterError: the call fails as a caller's would.
    """
    listener = demo.listener(api_name=api_name, fn_index=None if api_name is not None else fn_index)
    endpoint = listener.endpoint
    assert endpoint is not None  # or it would not have been found
    if endpoint.is_generator or any(isinstance(one, State) for one in (*endpoint.inputs, *endpoint.outputs)):
        raise ConfigurationError(
            f"{endpoint.title} cannot be called directly, since it is a generator or has a State; launch() the app."
        )
    service = demo.app.state.service
    files = CallFiles(service.files, most_bytes=service.settings.max_file_bytes)
    data = _in_thread(endpoint.result(Call(list(inputs), files=files), service.space)).data
    return data[0] if len(data) == 1 else data


def _in_thread(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return what ``work`` does in a thread and an event loop of its own: the caller may stand in a call and a loop."""
    done: list[_Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001 - it is raised again, where it was called
            failed.append(error)

    thread = threading.Thread(target=run, name="adapter-direct-call")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]
