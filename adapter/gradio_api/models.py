"""The bodies of the wire, as types; they make the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

CallId = Annotated[
    str | None,
    Field(
        min_length=12,
        max_length=64,
        description="A random name for this call: sent again under it, the call changes no state a second time.",
    ),
]


class RunBody(BaseModel):
    """A call by name or number, of ``/run`` and ``/queue/join``."""

    model_config = ConfigDict(extra="ignore")

    data: list[Any] = Field(default=[], description="One item per input; items of State are ignored.")
    fn_index: int | None = Field(default=None, description="The listener's number in the config.")
    session_hash: str | None = Field(default=None, description="Names the session, where no session token is sent.")
    event_data: Any = Field(default=None, description="What the page tells of the event.")
    trigger_id: int | None = Field(default=None, description="The component's number whose event it is.")
    call_id: CallId = None

    def event(self) -> dict[str, Any]:
        """Return what there is to tell of the event."""
        told = {"event_data": self.event_data, "trigger_id": self.trigger_id, "call_id": self.call_id}
        return {name: value for name, value in told.items() if value is not None}


class ServerBody(BaseModel):
    """A call of a component's function by its script on the page."""

    model_config = ConfigDict(extra="ignore")

    component_id: int = Field(description="The component's number in the config.")
    fn_name: str = Field(description="The function's name.")
    data: Any = Field(default=None, description="The function's argument; a list of several, or of none.")
    session_hash: str | None = Field(default=None, description="Names the session, where no session token is sent.")


class CallBody(BaseModel):
    """A call of ``/call``: the inputs in order."""

    model_config = ConfigDict(extra="ignore")

    call_id: CallId = None

    data: list[Any] = Field(default=[], description="One item per input; those of State may be left out.")
    session_hash: str | None = Field(
        default=None, description="Keeps State between calls; without it each starts anew."
    )


class CancelBody(BaseModel):
    """A call to be ended."""

    session_hash: str
    fn_index: int | None = None
    event_id: str


class ResetBody(BaseModel):
    """A call that the client no longer waits for."""

    event_id: str


class FormBody(BaseModel):
    """A file that a page wants to send to the store itself."""

    model_config = ConfigDict(extra="ignore")

    name: str = Field(description="What it is called.")
    size: int = Field(ge=0, strict=True, description="Its bytes.")
    session_hash: str | None = Field(default=None, description="Names the session, where no session token is sent.")


class FormOutput(BaseModel):
    """A signed form, to be posted as multipart/form-data."""

    path: str = Field(description="Names the file in calls, once it is there.")
    url: str
    fields: dict[str, str] = Field(description="Stand before the file, which is called 'file'.")


class EventId(BaseModel):
    """Names a queued call."""

    event_id: str


class RunOutput(BaseModel):
    """What a call gave."""

    data: list[Any]
    is_generating: bool
    duration: float
    average_duration: float
    render_config: dict[str, Any] | None
    changed_state_ids: list[int]
    used_cache: str | None = None


class Failure(BaseModel):
    """Why a call failed."""

    error: str
    duration: float | None
    visible: bool
    title: str
    detail: str | list[dict[str, Any]] = Field(description="The same, or what a validator said of each input.")


class Success(BaseModel):
    """Done."""

    success: bool
