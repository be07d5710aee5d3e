"""The settings of a deployment, and the only place that reads settings from environment variables.

Commands that start other processes (``adapter dev``, ``build``, ``site``) hand variables on to them, and write settings
that this module then reads there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from adapter.errors import ConfigurationError

PREFIX = "ADAPTER_"
SWITCH = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
LEVELS = {name.lower(): name for name in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")}

LONGEST_APP = 100
APP = re.compile(rf"[^#/*?$%\x00-\x1f\x7f]{{1,{LONGEST_APP}}}")
"""No ``#``, which ends it in a key; no ``/``, which does in an object's; no ``*``, ``?`` and ``$`` of policies."""

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between deployments of one app.

    Attributes:
        app: the app's name; part of every key, so that apps can share a table.
        store: where state is kept: ``memory:``, ``sqlite:///PATH`` or ``dynamodb://TABLE``.
        state_bucket: the S3 bucket for state over 64 KB; ``None`` keeps everything in the table.
        session_keys: secrets that sign session tokens, oldest first; the last one signs.
        session_ttl_seconds: a session unused for so long starts anew.
        files: where uploaded files are kept: a folder, or ``s3://BUCKET/PREFIX``.
        files_ttl_seconds: how long a file is kept.
        max_upload_bytes: the largest file that may be uploaded through the API.
        max_file_bytes: the largest file that a page may send to a bucket, or a function show.
        show_error: whether the text of a function's own exception is shown to visitors.
        root_path: the public path prefix, where the event does not tell it.
        cors_origins: web origins whose pages may call the API; ``*`` is any. ``None`` is any on
            Lambda, and else only pages of this machine.
        release_folder: where the first process that runs the script leaves what it drew by chance or by
            the clock, and the others take it from; the commands set it.
        frame_ancestors: origins whose pages may show the app in a frame, as the Content Security Policy names them.
        api_docs: whether ``/docs`` shows the API; ``None``: elsewhere than on Lambda.
        log_level: of the log lines.
        log_error_text: whether the log on Lambda has the texts of exceptions, which may quote what visitors typed.
        metrics: whether metrics are written; ``None``: on Lambda.
        metrics_namespace: under which CloudWatch keeps them.
        tracing: whether calls are traced with X-Ray.
        on_lambda: whether this is a Lambda execution environment.
        provisioned: whether it was started before anybody called, so that no call waited for it.
        share_globals: whether module-level data that functions change is shared by all environments, or the
            names of what is.
        in_environment: whether this process serves an app, so that ``launch()`` must not start a server.
    """

    app: str = "app"
    store: str = "memory:"
    state_bucket: str | None = None
    session_keys: tuple[str, ...] = ()
    session_ttl_seconds: int = 3_600
    files: str | None = None
    files_ttl_seconds: int = 86_400
    max_upload_bytes: int = 4_000_000  # Lambda takes 6 MB of base64, 4.5 MB of bytes, in one request
    max_file_bytes: int = 100_000_000
    show_error: bool | None = None
    root_path: str | None = None
    cors_origins: tuple[str, ...] | None = None
    release_folder: str | None = None
    frame_ancestors: tuple[str, ...] = ("'self'",)
    api_docs: bool | None = None
    log_level: str = "INFO"
    log_error_text: bool = False
    metrics: bool | None = None
    metrics_namespace: str = "ServerlessFunctionAdapter"
    tracing: bool = False
    on_lambda: bool = False
    provisioned: bool = False
    share_globals: bool | tuple[str, ...] = False
    in_environment: bool = False

    def __post_init__(self) -> None:
        if not APP.fullmatch(self.app):
            raise ConfigurationError(
                f"{PREFIX}APP is {self.app!r}; it is a part of keys and of what the function's role may reach: give it "
                f"a name of 1 to {LONGEST_APP} characters, none of them one of # / * ? $ %."
            )

    @property
    def shows_docs(self) -> bool:
        """Whether ``/docs`` shows the API."""
        return not self.on_lambda if self.api_docs is None else self.api_docs

    @property
    def open_origins(self) -> tuple[str, ...] | None:
        """Web origins whose pages may call the API; ``None``: those of this machine."""
        return ("*",) if self.cors_origins is None and self.on_lambda else self.cors_origins

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``ADAPTER_…`` variables.

        Raises:
            ConfigurationError: a value is not of its type, or one that Lambda needs is missing.
        """
        found = os.environ if environ is None else environ

        def text(name: str) -> str | None:
            return found.get(PREFIX + name) or None

        def whole(name: str, default: int) -> int:
            value = text(name)
            if value is None:
                return default
            try:
                number = int(value)
            except ValueError:
                number = 0
            if number <= 0:
                raise ConfigurationError(f"{PREFIX}{name} is {value!r}; set it to a whole number above 0.")
            return number

        def choice(name: str, options: Mapping[str, Option]) -> Option | None:
            value = text(name)
            if value is not None and value.lower() not in options:
                raise ConfigurationError(f"{PREFIX}{name} is {value!r}; set it to one of {', '.join(options)}.")
            return None if value is None else options[value.lower()]

        on_lambda = "AWS_LAMBDA_FUNCTION_NAME" in found
        store = text("STORE")
        if on_lambda and store is None:
            raise ConfigurationError(
                f"{PREFIX}STORE is not set, and an execution environment's memory is not shared; "
                f"set it to dynamodb://TABLE."
            )
        return cls(
            app=text("APP") or "app",
            store=store or "memory:",
            state_bucket=text("STATE_BUCKET"),
            session_keys=_listed(text("SESSION_KEYS")) or (),
            session_ttl_seconds=whole("SESSION_TTL_SECONDS", 3_600),
            files=text("FILES"),
            files_ttl_seconds=whole("FILES_TTL_SECONDS", 86_400),
            max_upload_bytes=whole("MAX_UPLOAD_BYTES", 4_000_000),
            max_file_bytes=whole("MAX_FILE_BYTES", 100_000_000),
            show_error=choice("SHOW_ERROR", SWITCH),
            root_path=_path(text("ROOT_PATH")),
            cors_origins=_listed(text("CORS_ORIGINS")),
            release_folder=text("RELEASE_FOLDER"),
            frame_ancestors=_ancestors(text("FRAME_ANCESTORS")),
            api_docs=choice("API_DOCS", SWITCH),
            log_level=choice("LOG_LEVEL", LEVELS) or "INFO",
            log_error_text=choice("LOG_ERROR_TEXT", SWITCH) or False,
            metrics=choice("METRICS", SWITCH),
            metrics_namespace=text("METRICS_NAMESPACE") or "ServerlessFunctionAdapter",
            tracing=choice("TRACING", SWITCH) or False,
            on_lambda=on_lambda,
            provisioned=found.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency",
            share_globals=_switch_or_names(text("SHARE_GLOBALS")),
            in_environment=text("ENVIRONMENT") == "1",
        )


def app_folder(environ: Mapping[str, str] | None = None) -> str:
    """Return the folder of the app's code where nobody says otherwise: Lambda's task root, else the working folder."""
    found = os.environ if environ is None else environ
    return found.get("LAMBDA_TASK_ROOT") or os.getcwd()


CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_LOG_STREAM_NAME")
"""What each execution environment has of its own."""
DEPLOYED = ("AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_REGION")
LONG = 16
"""Letters from which on the value of a variable may be a secret, and is unlikely to stand somewhere by chance."""


def deployment(environ: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return the variables that all environments of one deployment have alike, sorted: the user's own, and a few."""
    found = os.environ if environ is None else environ
    return sorted(
        (name, value) for name, value in found.items() if name in DEPLOYED or not name.startswith(("AWS_", "_"))
    )


def passing_texts(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return texts that must not be shared with other processes: this one's credentials, and long settings."""
    found = os.environ if environ is None else environ
    return tuple(
        value
        for name, value in found.items()
        if value and (name in CREDENTIALS or (len(value) >= LONG and not name.startswith("AWS_")))
    )


def memory_bytes(environ: Mapping[str, str] | None = None) -> int | None:
    """Return how much memory Lambda gives this environment, in bytes; ``None`` elsewhere, where nothing is given.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    """
    found = os.environ if environ is None else environ
    told = found.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")
    return int(told) * 1024**2 if told.isdecimal() else None


def _switch_or_names(text: str | None) -> bool | tuple[str, ...]:
    return SWITCH[text.lower()] if text and text.lower() in SWITCH else _listed(text) or False


def _listed(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(item for item in map(str.strip, text.split(",")) if item)


def _ancestors(text: str | None) -> tuple[str, ...]:
    """Return the sources of a policy that stand between blanks or commas.

    Raises:
        ConfigurationError: one has a character that would end it.
    """
    if text is None:
        return ("'self'",)
    if ";" in text or not text.isprintable() or not text.isascii():
        raise ConfigurationError(
            f"{PREFIX}FRAME_ANCESTORS is {text!r}; give origins between blanks, such as 'self' https://example.org."
        )
    return tuple(text.replace(",", " ").split())


def _path(text: str | None) -> str | None:
    """Return a path with a slash in front and none at its end; the root is empty."""
    return None if text is None else f"/{text.strip('/')}".rstrip("/")
