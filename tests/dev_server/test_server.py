"""How the command starts, what it says and keeps, how it follows the source, and how it ends."""

from __future__ import annotations

import os
import select
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from adapter.commands.dev import server as dev_server_module
from adapter.errors import ConfigurationError
from tests.dev_server.conftest import PROBE, Serve
from tests.support.dev import DevServer, started

VERSIONED = "def handler(event, context):\n    return {version!r}\n"


def all_pids(client: httpx.Client, count: int) -> set[int]:
    """Return the numbers of all environments, as they answer."""
    seen: set[int] = set()
    while len(seen) < count:
        seen.add(client.get("/").json()["pid"])
    return seen


def wait_for_end(pids: dict[int, int]) -> None:
    """Wait until processes have ended, given a file descriptor for each."""
    for pid, descriptor in pids.items():
        ended, _, _ = select.select([descriptor], [], [], 60)
        os.close(descriptor)
        assert ended, f"process {pid} goes on"


def test_it_says_where_it_answers_and_what_it_keeps_where(serve: Serve, tmp_path: Path) -> None:
    """Two lines, the address last; what it keeps is in one folder that no repository takes in."""
    server, _ = serve("--environments", "2", "--recycle", "7")
    output = server.wait_for("(Ctrl-C ends it)")
    assert f"Running on {server.url}  (Ctrl-C ends it)\n" in output
    assert (
        "2 environments, each killed after 7 invocations · state in .adapter/state.db · files in .adapter/files · "
        "session keys in memory: a restart of this command starts new sessions on the page\n"
    ) in output
    assert (tmp_path / ".adapter" / ".gitignore").read_text() == "*\n"


def test_environments_are_told_where_to_keep_things(serve: Serve, tmp_path: Path) -> None:
    """All get the same store, files and session keys, and know that they serve."""
    _, client = serve("--environments", "2")
    told: dict[int, dict[str, str]] = {}
    while len(told) < 2:
        answer = client.get("/").json()
        told[answer["pid"]] = answer["environ"]
    first, second = told.values()
    assert first == second
    keys = first.pop("ADAPTER_SESSION_KEYS")
    assert len(keys) >= 32
    assert first == {
        "ADAPTER_APP": "probe",
        "ADAPTER_STORE": f"sqlite://{tmp_path}/.adapter/state.db",
        "ADAPTER_FILES": f"{tmp_path}/.adapter/files",
        "ADAPTER_ENVIRONMENT": "1",
    }


def test_what_the_user_has_set_is_left_alone(serve: Serve) -> None:
    """Only the command line overrides a variable of the environment."""
    mine = {"ADAPTER_APP": "mine", "ADAPTER_SESSION_KEYS": "k" * 40, "ADAPTER_FILES": "/tmp/mine"}
    server, client = serve("--store", "memory:", environment={**mine, "ADAPTER_STORE": "dynamodb://mine"})
    told = client.get("/").json()["environ"]
    assert told == {**mine, "ADAPTER_STORE": "memory:", "ADAPTER_ENVIRONMENT": "1"}
    server.wait_for("state in memory · files in /tmp/mine · session keys from ADAPTER_SESSION_KEYS")


def test_a_taken_port_is_an_error_if_it_was_asked_for() -> None:
    """The message names it and says what to do; without a wish the next free one is taken."""
    with dev_server_module._listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"Port {port} on 127.0.0.1 is taken; give --port"):
            dev_server_module._listen("127.0.0.1", port)
    with dev_server_module._listen("127.0.0.1", None) as one, dev_server_module._listen("127.0.0.1", None) as other:
        first, second = (listener.getsockname()[1] for listener in (one, other))
    assert 7860 <= first < second <= 7959


def test_a_host_that_is_not_here_is_an_error() -> None:
    """Whether it has no address, or one of another machine."""
    with pytest.raises(ConfigurationError, match="Give another --port or --host"):
        dev_server_module._listen("192.0.2.1", 0)
    with pytest.raises(ConfigurationError, match="Give --host"):
        dev_server_module._listen("no such host", 0)


def test_a_taken_port_ends_the_command(tmp_path: Path) -> None:
    """With a line, not with a traceback, and code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = started(PROBE, "--port", str(port), cwd=tmp_path)
        assert server.process.wait(60) == 1
        server.end()
    assert (
        server.output
        == f"adapter: Port {port} on 127.0.0.1 is taken; give --port another number, or 0 for any free one.\n"
    )


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_takes_its_environments_with_it(signum: signal.Signals, serve: Serve) -> None:
    """However it ends, and whatever they are doing."""
    server, client = serve("--environments", "3", "--recycle", "100000", "--timeout", "0")
    pids = all_pids(client, 3)
    ends = {pid: os.pidfd_open(pid) for pid in pids}
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(lambda: client.get("/hang"))
        while not is_busy(client):
            pass
        server.process.send_signal(signum)
        code = server.process.wait(60)
        wait_for_end(ends)
        assert isinstance(hanging.exception(60), httpx.TransportError) or hanging.result().status_code == 502
    assert code == (0 if signum is not signal.SIGKILL else -signal.SIGKILL)
    assert "Traceback" not in server.output


def is_busy(client: httpx.Client) -> bool:
    """Whether one of three environments has been busy for 30 requests."""
    return len({client.get("/").json()["pid"] for _ in range(30)}) == 2


def test_a_changed_source_is_served_from_the_next_request_on(serve: Serve, tmp_path: Path) -> None:
    """In all environments; requests that come meanwhile wait for the new code."""
    app = tmp_path / "app.py"
    app.write_text(VERSIONED.format(version="one"))
    (tmp_path / "part").mkdir()
    server, client = serve("--environments", "2", app=app)
    assert client.get("/").text == "one"
    app.write_text(VERSIONED.format(version="two"))
    server.wait_for("app.py changed: starting anew.")
    assert {client.get("/").text for _ in range(20)} == {"two"}
    (tmp_path / "notes.txt").write_text("no source")
    (tmp_path / "part" / "helper.py").write_text("")
    assert "notes.txt" not in server.wait_for("part/helper.py changed: starting anew.")


def test_an_invocation_ends_on_the_code_it_began_with(serve: Serve, tmp_path: Path) -> None:
    """A reload does not kill what is being answered."""
    app = tmp_path / "app.py"
    gate, reached = tmp_path / "gate", tmp_path / "reached"
    os.mkfifo(gate)
    waiting = f"    open({str(reached)!r}, 'w').close(); open({str(gate)!r}).close()\n"
    app.write_text(VERSIONED.format(version="one").replace("    return", f"{waiting}    return"))
    server, client = serve(app=app)
    with ThreadPoolExecutor(1) as threads:
        begun = threads.submit(lambda: client.get("/").text)
        while not reached.exists():
            pass
        app.write_text(VERSIONED.format(version="two"))
        server.wait_for("The new code serves.")
        assert client.get("/").text == "two"
        gate.open("w").close()
        assert begun.result(60) == "one"


def test_source_that_does_not_load_is_said_to_everybody(serve: Serve, tmp_path: Path) -> None:
    """A page for browsers, JSON for clients, the traceback in the terminal; the next change mends it."""
    app = tmp_path / "app.py"
    app.write_text(VERSIONED.format(version="one"))
    server, client = serve(app=app)
    app.write_text("a_name_that_is_not\n")
    server.wait_for("app.py changed")
    answer = client.get("/")
    assert answer.status_code == 500
    assert "name 'a_name_that_is_not' is not defined" in answer.json()["message"]
    page = client.get("/", headers={"accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "name &#x27;a_name_that_is_not&#x27; is not defined" in page.text
    output = server.wait_for("The app does not load: NameError")
    assert f'File "{app}", line 1' in output
    assert "dev_server" not in output
    app.write_text(VERSIONED.format(version="three"))
    server.wait_for("The new code serves.")
    assert client.get("/").text == "three"


def test_an_app_that_is_mended_after_the_start_is_served(serve: Serve, tmp_path: Path) -> None:
    """The command does not give up while it can watch the source."""
    app = tmp_path / "app.py"
    app.write_text("1 / 0\n")
    server, client = serve(app=app)
    server.wait_for("does not load: ZeroDivisionError: division by zero. The next change of its source tries again.")
    app.write_text(VERSIONED.format(version="one"))
    server.wait_for("The new code serves.")
    assert client.get("/").text == "one"


def test_an_app_that_does_not_load_ends_a_command_that_does_not_watch(tmp_path: Path) -> None:
    """With the traceback and code 1."""
    (tmp_path / "app.py").write_text("1 / 0\n")
    server = started(tmp_path / "app.py", "--no-reload", cwd=tmp_path)
    assert server.process.wait(60) == 1
    server.end()
    assert "ZeroDivisionError" in server.output
    assert "Running on" not in server.output


def test_without_reload_the_code_of_the_start_goes_on(serve: Serve, tmp_path: Path) -> None:
    """A change of the source changes nothing for those who were started."""
    app = tmp_path / "app.py"
    app.write_text(VERSIONED.format(version="one"))
    server, client = serve("--no-reload", app=app)
    app.write_text(VERSIONED.format(version="two"))
    assert {client.get("/").text for _ in range(20)} == {"one"}
    assert "starting anew" not in server.output


def test_a_breakpoint_stops_in_the_terminal(tmp_path: Path) -> None:
    """The debugger reads what the user types, and the invocation's time stands still meanwhile."""
    server: DevServer = started(PROBE, "--timeout", "0.5", cwd=tmp_path, takes_input=True)
    try:
        server.wait_for("Running on ")
        with ThreadPoolExecutor(1) as threads, httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
            answer = threads.submit(client.get, "/debug")
            server.type("import time; time.sleep(0.8); print('still', 'here')\n")
            server.wait_for("still here")
            server.type("c\n")
            assert answer.result(60).json() == {"debugged": True}
    finally:
        server.end()


def test_what_an_app_asks_for_in_vain_is_said_once(serve: Serve, tmp_path: Path) -> None:
    """Not by each of the environments, nor by those that take the place of others."""
    (tmp_path / "page.py").write_text(
        "import adapter as gr\n"
        "demo = gr.Interface(lambda text: text, 'textbox', 'textbox', title='wanted', api_name='echo')\n"
        "demo.launch(pwa=True)\n"
    )
    server, client = serve("--environments", "3", "--recycle", "1", app=tmp_path / "page.py")
    for word in "abcd":
        assert client.post("/gradio_api/run/echo", json={"data": [word]}).json()["data"] == [word]
    assert server.output.count("pwa=… does nothing") == 1
