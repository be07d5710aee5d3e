"""From a request to the call that an endpoint runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from adapter.app.blocks import Blocks
from adapter.app.listener import Listener
from adapter.calls.call import Call
from adapter.calls.endpoint import Endpoint
from adapter.calls.notices import Said
from adapter.calls.parameters import parameters as parameters_of
from adapter.calls.request import Client, Headers
from adapter.calls.request import Request as GradioRequest
from adapter.errors import InvalidInput, MalformedRequest, NotFound
from adapter.files.base import owner_of
from adapter.files.in_call import CallFiles
from adapter.gradio_api.info import parameters
from adapter.web.identity import TOKEN_HEADER, Identity
from adapter.web.invocation import deadline, username
from adapter.web.service import Service


def page_for(service: Service, request: Request, identity: Identity, fn_index: int | None) -> Blocks:
    """Return the Blocks that owns the listener ``fn_index``: the page, or its part as it was drawn for this session.

    Raises:
        NotFound: the session was shown another drawing since, or there is no such part.
    """
    if fn_index is None or not service.blocks.parts:
        return service.blocks
    from adapter.app.drawings import drawing_of  # only pages with parts need it

    caller = make_call(service, request, identity, [])
    return drawing_of(service.blocks, fn_index, caller, service.warm_store) or service.blocks


def find_listener(page: Blocks, *, fn_index: int | None, api_name: str | None) -> tuple[Listener, Endpoint]:
    """Return the listener that a caller names, by number if it gives one.

    Raises:
        MalformedRequest: the caller names none.
        NotFound: there is none.
    """
    if fn_index is None and api_name is None:
        raise MalformedRequest("body.fn_index is missing; it is the number of the dependency to run, from /config.")
    listener = page.listener(api_name=None if fn_index is not None else api_name, fn_index=fn_index)
    if listener.endpoint is None:
        raise NotFound(f"/{listener.api_name} runs in the page only.")
    return listener, listener.endpoint


def find_component_function(page: Blocks, component: int, name: str, given: Any) -> tuple[Endpoint, list[Any]]:
    """Return what runs a function of an HTML component, and its inputs.

    Args:
        page: has the component.
        component: its number.
        name: of the function.
        given: the function's argument. As Gradio's page sends them, several are a list, and none is an empty one.

    Raises:
        NotFound: there is no such component, or it has no such function.
        InvalidInput: it takes more arguments, or fewer.
    """
    functions = getattr(page.blocks.get(component), "server_functions", {})
    if name not in functions:
        raise NotFound(f"the component {component} has no function {name!r}; it has: {', '.join(functions) or 'none'}.")
    fn = functions[name]
    told = parameters_of(fn)
    several = isinstance(given, list) and (told.required > 1 or (not given and not told.required))
    data = given if several else [given]
    if not told.required <= len(data) <= (len(data) if told.most is None else told.most):
        raise InvalidInput(f"the script gave {name}() {len(data)} arguments; it needs {told.required}.")
    from adapter.app.api import Api  # which few apps need

    any_value = Api(None, {}, "value")
    return Endpoint(fn, name=None, inputs=[any_value] * len(data), outputs=[any_value]), data


def base_url(request: Request) -> str:
    """Return the public address of the app, with its stage and where it is mounted, and no slash at the end."""
    outer = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return str(request.base_url).rstrip("/") + str(request.scope.get("root_path", "")).removeprefix(outer.rstrip("/"))


def make_call(
    service: Service,
    request: Request,
    identity: Identity,
    data: Sequence[Any],
    *,
    event: Mapping[str, Any] | None = None,
    notice: Callable[[Said], None] = lambda _: None,
    page: Blocks | None = None,
) -> Call:
    """Return the call of ``request``.

    Args:
        service: of the app.
        request: of the caller.
        identity: whose state.
        data: the wire's list.
        event: has the wire's ``trigger_id``, ``event_data`` and ``call_id``, if any.
        notice: takes what the function says.
        page: has the block of the event; the app's if left out.
    """
    event = event or {}
    trigger = event.get("trigger_id")
    pages = (service.blocks,) if page is None else (page, service.blocks)
    return Call(
        data=data,
        request=gradio_request(request, identity),
        session=identity.session,
        echo=identity.echo,
        deadline=deadline(request),
        notice=notice,
        target=next((one.blocks[trigger] for one in pages if trigger in one.blocks), None),
        event_data=event.get("event_data"),
        key=event.get("call_id"),
        files=CallFiles(
            service.files,
            owner=None if identity.session is None else owner_of(identity.session.digest()),
            api=base_url(request),
            most_bytes=service.settings.max_file_bytes,
            own=service.own,
        ),
    )


def gradio_request(request: Request, identity: Identity) -> GradioRequest:
    """Return what a function may know of ``request``; for a queued call, it stands for the one that queued it."""
    return GradioRequest(
        headers=Headers({name: value for name, value in request.headers.items() if name != TOKEN_HEADER}),
        query_params={name: value for name, value in request.query_params.items() if name != "session_hash"},
        path_params=dict(request.path_params),
        cookies=dict(request.cookies),
        client=Client(*request.client) if request.client is not None else Client(),
        url=str(request.url),
        method="POST",
        session_hash=identity.name,
        username=username(request),
    )


def named_inputs(listener: Listener, given: Mapping[str, Any]) -> list[Any]:
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
