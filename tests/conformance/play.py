"""Plays an app's calls with Gradio's clients and notes what they are told, in a form that can be compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.clients.drivers import PATIENCE_SECONDS, Node, Step, python_client
from tests.conformance.calls import Call, File

Answer = dict[str, Any]


class Normaliser:
    """Takes out of answers what differs from process to process: addresses, ids, places of files.

    Args:
        url: the server's address.
        folder: where the Python client keeps what it downloads.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        config = httpx.get(f"{url}/config", trust_env=False, timeout=PATIENCE_SECONDS).json()
        self._states = [one["id"] for one in config["components"] if one["type"] == "state"]

    def states(self, ids: Sequence[int]) -> list[int]:
        """Return the places, among the page's States, of those with ``ids``."""
        return sorted(self._states.index(one) for one in ids)

    def __call__(self, value: Any) -> Any:
        """Return ``value`` as it is compared."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            if "path" in value and "meta" in value:
                return self._file(value)
            return {name: self(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self(item) for item in value]
        return value

    def _text(self, text: str) -> Any:
        if text.startswith(str(self.folder)):
            file = Path(text)
            return {"downloaded": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
        text = text.replace(self.url, "URL")
        return re.sub(r"\b0x[0-9a-f]+", "0x…", text)

    def _file(self, data: dict[str, Any]) -> Any:
        """Return a FileData without the place, which is the server's own business."""
        url = data.get("url")
        inside = isinstance(url, str) and urlsplit(url).netloc == urlsplit(self.url).netloc
        name = Path(urlsplit(data["path"]).path).name
        return {**data, "path": name, "url": f"URL/{name}" if inside else url}


def info(url: str) -> dict[str, Any]:
    """Return what the app's API is said to be, without the numbers of its components."""
    found: dict[str, Any] = httpx.get(
        f"{url}/gradio_api/info", trust_env=False, timeout=PATIENCE_SECONDS, follow_redirects=True
    ).json()
    for endpoint in found["named_endpoints"].values():
        endpoint.pop("code_snippets", None)
        for one in (*endpoint["parameters"], *endpoint["returns"]):
            one["label"] = re.sub(r"^(parameter|value)_\d+$", r"\1_#", one["label"])
    return found


def by_python(url: str, app: str, calls: Sequence[Call], folder: Path) -> list[Answer]:
    """Return what ``gradio_client`` is told of each call: every yield, the result or error, and the logs."""
    shown = Normaliser(url, folder / "came")
    clients: dict[str, Any] = {}
    answers = []
    for call in calls:
        if call.session not in clients:
            session = f"{app.replace('/', '-')}-python-{call.session}"
            clients[call.session] = python_client(url, session=session, download_files=str(folder / "came"))
        data = [_uploaded(one, folder) for one in call.data]
        named = {name: _uploaded(one, folder) for name, one in call.named.items()}
        answer: Answer = {}
        try:
            job = clients[call.session].submit(*data, **named, api_name=f"/{call.api}")
            answer["result"] = job.result(timeout=PATIENCE_SECONDS)
        except Exception as error:  # noqa: BLE001 - what the client raises is what is compared
            told = ("message", "title", "duration", "visible")
            answer["error"] = type(error).__name__, *(getattr(error, name, None) for name in told), str(error)
        else:
            answer["yields"] = job.outputs()
            updates = job.communicator.updates
            logs = [updates.get_nowait() for _ in range(updates.qsize())]
            answer["logs"] = [one.log for one in logs if getattr(one, "log", None)]
        answers.append(shown(answer))
    return answers


def by_node(url: str, app: str, calls: Sequence[Call], folder: Path, node: Node) -> list[Answer]:
    """Return what ``@gradio/client`` is told of each call: every datum, the end's status, and the logs."""
    shown = Normaliser(url, folder)
    steps = [
        Step(one.session, f"/{one.api}", [_blob(value) for value in one.data], True, one.event_data) for one in calls
    ]
    sessions = {one.session: f"{app.replace('/', '-')}-node-{one.session}" for one in calls}
    played = node.play(url, steps, sessions=sessions)
    return [shown(_noted(result, shown)) for result in played.results]


def _noted(result: dict[str, Any], shown: Normaliser) -> Answer:
    if "events" not in result:
        return result
    events: list[dict[str, Any]] = result["events"]
    data = [one["data"] for one in events if one["type"] == "data"]
    noted: Answer = {
        # the client changes the lists and objects of earlier yields in place, so they are compared in the last alone
        "yields": [[value if not isinstance(value, list | dict) else "…" for value in one] for one in data],
        "result": data[-1] if data else None,
        "logs": [[one[name] for name in _LOG] for one in events if one["type"] == "log"],
        "end": {name: events[-1].get(name) for name in _END},
    }
    changed = [one["changed_state_ids"] for one in events if one.get("changed_state_ids") is not None]
    noted["changed"] = [shown.states(ids) for ids in changed]
    return noted


_LOG = ("log", "level", "title", "duration", "visible")
_END = ("stage", "message", "title", "duration", "visible", "queue")


def _uploaded(value: Any, folder: Path) -> Any:
    from gradio_client import handle_file  # imports for a second: only where it is used

    if isinstance(value, File):
        path = folder / value.name
        path.write_text(value.text, encoding="utf-8")
        return handle_file(str(path))
    if isinstance(value, list):
        return [_uploaded(one, folder) for one in value]
    if isinstance(value, dict):
        return {name: _uploaded(one, folder) for name, one in value.items()}
    return value


def _blob(value: Any) -> Any:
    if isinstance(value, File):
        return {"blob": value.text, "name": value.name}
    if isinstance(value, list):
        return [_blob(one) for one in value]
    if isinstance(value, dict):
        return {name: _blob(one) for name, one in value.items()}
    return value
