"""From a request to the call that an endpoint runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from adapter.endpoint import Call, Endpoint
from adapter.errors import InvalidInput, MalformedRequest, NotFound
from adapter.files.base import owner_of
from adapter.files.in_call import CallFiles
from adapter.gradio_api.info import parameters
from adapter.listeners import Listener
from adapter.notices import Said
from adapter.web.identity import Identity, deadline, described
from adapter.web.service import Service


def found(service: Service, *, fn_index: int | None, api_name: str | None) -> tuple[Listener, Endpoint]:
    """Return the listener that a caller names, by number if it gives one.

    Raises:
        MalformedRequest: the caller names none.
        NotFound: there is none.
    """
    if fn_index is None and api_name is None:
        raise MalformedRequest("body.fn_index is missing; it is the number of the dependency to run, from /config.")
    listener = service.blocks.listener(api_name=None if fn_index is not None else api_name, fn_index=fn_index)
    if listener.endpoint is None:
        raise NotFound(f"/{listener.api_name} runs in the page only.")
    return listener, listener.endpoint


def api(request: Request) -> str:
    """Return the public address that ``request`` came to, with its stage and no slash at the end."""
    return str(request.base_url).rstrip("/")


def call(
    service: Service,
    request: Request,
    identity: Identity,
    data: Sequence[Any],
    *,
    event: Mapping[str, Any] | None = None,
    notice: Callable[[Said], None] = lambda _: None,
) -> Call:
    """Return the call of ``request``; ``event`` has the wire's ``trigger_id`` and ``event_data``, if any."""
    event = event or {}
    trigger = event.get("trigger_id")
    return Call(
        data=data,
        request=described(request, identity),
        session=identity.session,
        echo=identity.echo,
        deadline=deadline(request),
        notice=notice,
        target=None if trigger is None else service.blocks.blocks.get(trigger),
        event_data=event.get("event_data"),
        files=CallFiles(
            service.files,
            owner=None if identity.session is None else owner_of(identity.session.digest()),
            api=api(request),
            most_bytes=service.settings.max_file_bytes,
        ),
    )


def by_name(listener: Listener, given: Mapping[str, Any]) -> list[Any]:
    """Return named inputs in order, with the defaults of those that are left out.

    Raises:
        InvalidInput: a name is unknown, or an input without a default is missing.
    """
    known = parameters(listener)
    names = [parameter["parameter_name"] for parameter in known]
    unknown = sorted(given.keys() - set(names))
    if unknown:
        raise InvalidInput(f"/{listener.api_name} has no input {unknown[0]!r}; it takes: {', '.join(names) or 'none'}.")
    missing = [
        p["parameter_name"] for p in known if p["parameter_name"] not in given and not p["parameter_has_default"]
    ]
    if missing:
        raise InvalidInput(f"/{listener.api_name} needs the input {missing[0]!r}.")
    return [given.get(parameter["parameter_name"], parameter["parameter_default"]) for parameter in known]
