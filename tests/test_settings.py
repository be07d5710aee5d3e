"""The settings of a deployment, from the environment."""

from __future__ import annotations

import dataclasses
import re

import pytest

from adapter.errors import ConfigurationError
from adapter.settings import Settings

LAMBDA = {"AWS_LAMBDA_FUNCTION_NAME": "app"}


def test_nothing_needs_to_be_set_on_a_machine_of_ones_own() -> None:
    """Without any variable the defaults hold, and state is kept in memory."""
    assert Settings.from_environment({}) == Settings()
    assert Settings().store == "memory:"


def test_each_setting_has_its_variable() -> None:
    """Every field is read from its variable; none is forgotten."""
    found = Settings.from_environment(
        {
            **LAMBDA,
            "ADAPTER_APP": "scores",
            "ADAPTER_STORE": "dynamodb://table",
            "ADAPTER_STATE_BUCKET": "bucket",
            "ADAPTER_SESSION_KEYS": "older, newer ,",
            "ADAPTER_SESSION_TTL_SECONDS": "60",
            "ADAPTER_FILES": "s3://files/prefix",
            "ADAPTER_FILES_TTL_SECONDS": "3600",
            "ADAPTER_MAX_UPLOAD_BYTES": "1000",
            "ADAPTER_MAX_FILE_BYTES": "2000",
            "ADAPTER_SHOW_ERROR": "True",
            "ADAPTER_ROOT_PATH": "prod/",
            "ADAPTER_CORS_ORIGINS": "https://a.example, https://b.example",
            "ADAPTER_RELEASE_FOLDER": "/releases/one",
            "ADAPTER_FRAME_ANCESTORS": "'self', https://c.example",
            "ADAPTER_API_DOCS": "1",
            "ADAPTER_LOG_LEVEL": "debug",
            "ADAPTER_LOG_ERROR_TEXT": "yes",
            "ADAPTER_METRICS": "0",
            "ADAPTER_METRICS_NAMESPACE": "Shop",
            "ADAPTER_TRACING": "1",
            "ADAPTER_SHARE_GLOBALS": "scores, game.players",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "provisioned-concurrency",
            "ADAPTER_ENVIRONMENT": "1",
        }
    )
    assert found == Settings(
        app="scores",
        store="dynamodb://table",
        state_bucket="bucket",
        session_keys=("older", "newer"),
        session_ttl_seconds=60,
        files="s3://files/prefix",
        files_ttl_seconds=3600,
        max_upload_bytes=1000,
        max_file_bytes=2000,
        show_error=True,
        root_path="/prod",
        cors_origins=("https://a.example", "https://b.example"),
        release_folder="/releases/one",
        frame_ancestors=("'self'", "https://c.example"),
        api_docs=True,
        log_level="DEBUG",
        log_error_text=True,
        metrics=False,
        metrics_namespace="Shop",
        tracing=True,
        on_lambda=True,
        provisioned=True,
        share_globals=("scores", "game.players"),
        in_environment=True,
    )
    defaults = Settings()
    same = [one.name for one in dataclasses.fields(Settings) if getattr(found, one.name) == getattr(defaults, one.name)]
    assert same == []


@pytest.mark.parametrize(("text", "wanted"), [("1", True), ("No", False), ("scores", ("scores",)), ("", False)])
def test_share_globals_is_a_switch_or_names(text: str, wanted: bool | tuple[str, ...]) -> None:
    """All that functions change, nothing, or what is named."""
    assert Settings.from_environment({"ADAPTER_SHARE_GLOBALS": text}).share_globals == wanted


def test_an_empty_variable_is_none() -> None:
    """A template's parameter that is left empty arrives as an empty text, and means the default."""
    names = ("APP", "STORE", "STATE_BUCKET", "SESSION_KEYS", "SESSION_TTL_SECONDS", "FILES", "SHOW_ERROR", "ROOT_PATH")
    assert Settings.from_environment({f"ADAPTER_{name}": "" for name in names}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("SESSION_TTL_SECONDS", "0", "a whole number above 0"),
        ("SESSION_TTL_SECONDS", "-5", "a whole number above 0"),
        ("SESSION_TTL_SECONDS", "an hour", "a whole number above 0"),
        ("MAX_UPLOAD_BYTES", "4.5", "a whole number above 0"),
        ("SHOW_ERROR", "ture", "one of true, false"),
        ("METRICS", "some", "one of true, false"),
        ("LOG_LEVEL", "LOUD", "one of debug, info, warning, error, critical"),
    ],
)
def test_a_wrong_value_is_named_at_start(name: str, value: str, wanted: str) -> None:
    """The error has the variable, its value and what is wanted."""
    with pytest.raises(ConfigurationError, match=re.escape(f"ADAPTER_{name} is {value!r}; set it to {wanted}")):
        Settings.from_environment({f"ADAPTER_{name}": value})


@pytest.mark.parametrize("app", ["a#b", "#", "a/b", "*", "scores?", "${aws:username}", "a%23b", "a\n", "x" * 101])
def test_an_app_has_no_name_that_reaches_another_apps_keys(app: str) -> None:
    """What ends a name in a key, and what a policy takes for more than itself, is refused at start."""
    with pytest.raises(ConfigurationError, match=r"ADAPTER_APP is .*give it a name"):
        Settings.from_environment({"ADAPTER_APP": app})
    with pytest.raises(ConfigurationError, match="ADAPTER_APP is"):
        Settings(app=app)


@pytest.mark.parametrize(("text", "found"), [("1", True), ("yes", True), ("FALSE", False), ("0", False), ("no", False)])
def test_switches(text: str, found: bool) -> None:
    """A switch is on or off in the usual words."""
    assert Settings.from_environment({"ADAPTER_SHOW_ERROR": text}).show_error is found


@pytest.mark.parametrize(("text", "found"), [("/", ""), ("prod", "/prod"), ("/a/b/", "/a/b")])
def test_root_path_has_one_form(text: str, found: str) -> None:
    """A public prefix may be written with or without slashes; ``/`` is no prefix, whatever the event's stage says."""
    assert Settings.from_environment({"ADAPTER_ROOT_PATH": text}).root_path == found


def test_lambda_needs_a_store() -> None:
    """On Lambda a store in memory would lose state silently, so that none is an error."""
    with pytest.raises(ConfigurationError, match=r"ADAPTER_STORE is not set.*dynamodb://TABLE"):
        Settings.from_environment(LAMBDA)


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mapping the process's own variables count."""
    monkeypatch.setenv("ADAPTER_APP", "from-the-process")
    assert Settings.from_environment().app == "from-the-process"
