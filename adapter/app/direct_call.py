"""A page called as a function: ``demo("x")`` runs one of its endpoints here, without a server."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from adapter.calls import runner
from adapter.calls.call import Call
from adapter.components.state import State
from adapter.errors import ConfigurationError
from adapter.files import open_files
from adapter.files.file_data import FileData
from adapter.files.in_call import CallFiles, is_file_data

if TYPE_CHECKING:
    from adapter.app.blocks import Blocks

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
    store = service.files or open_files(tempfile.mkdtemp(prefix="adapter-"))  # where what it returns stays
    files = CallFiles(store, most_bytes=service.settings.max_file_bytes)
    data = [_sent(one, files) for one in inputs]
    found = _in_thread(runner.result(endpoint, Call(data, files=files), service.warm_store)).data
    return found[0] if len(found) == 1 else found


def _sent(value: Any, files: CallFiles) -> Any:
    """Return ``value`` as a client sends it: files of this machine are uploaded first."""
    value = value.model_dump() if isinstance(value, FileData) else value
    if not is_file_data(value) or not Path(value["path"]).is_file():
        return value
    return files.give(value["path"], name=value.get("orig_name"))


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
