"""Dates, times and time zones."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.reading import decodes, expect, unpack, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, Refused
from adapter.state.codec.tree import Walker, encodes, pack

_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


@encodes(datetime, atom=True)
def _datetime(value: datetime, walker: Walker, depth: int) -> Ext:
    return Ext(codes.DATETIME, _clock(value, walker, depth))


@encodes(time, atom=True)
def _time(value: time, walker: Walker, depth: int) -> Ext:
    return Ext(codes.TIME, _clock(value, walker, depth))


def _clock(value: datetime | time, walker: Walker, depth: int) -> bytes:
    text = value.replace(tzinfo=None).isoformat()
    zone = None if value.tzinfo is None else walker.part(value.tzinfo, (ATTRIBUTE, "tzinfo"), depth)
    return pack([text, value.fold, zone])


@decodes(codes.DATETIME)
def _read_datetime(body: memoryview) -> datetime:
    text, fold, zone = unpack_list(body, 3)
    return datetime.fromisoformat(text).replace(fold=fold, tzinfo=_zone(zone))


@decodes(codes.TIME)
def _read_time(body: memoryview) -> time:
    text, fold, zone = unpack_list(body, 3)
    return time.fromisoformat(text).replace(fold=fold, tzinfo=_zone(zone))


def _zone(value: Any) -> tzinfo | None:
    if value is None or isinstance(value, tzinfo):
        return value
    raise CannotRead(f"it has {type(value).__name__} where a time zone belongs")


@encodes(date, atom=True)
def _date(value: date, walker: Walker, depth: int) -> Ext:
    return Ext(codes.DATE, value.isoformat().encode())


@decodes(codes.DATE)
def _read_date(body: memoryview) -> date:
    return date.fromisoformat(bytes(body).decode())


@encodes(timedelta, atom=True)
def _timedelta(value: timedelta, walker: Walker, depth: int) -> Ext:
    return Ext(codes.TIMEDELTA, pack([value.days, value.seconds, value.microseconds]))


@decodes(codes.TIMEDELTA)
def _read_timedelta(body: memoryview) -> timedelta:
    return timedelta(*unpack_list(body, 3))


@encodes(timezone, atom=True)
def _timezone(value: timezone, walker: Walker, depth: int) -> Ext:
    offset, name = value.utcoffset(None), value.tzname(None)
    parts: list[Any] = [offset.days, offset.seconds, offset.microseconds]
    if timezone(offset).tzname(None) != name:
        parts.append(walker.part(name, (ATTRIBUTE, "name"), depth))
    return Ext(codes.TIMEZONE, pack(parts))


@decodes(codes.TIMEZONE)
def _read_timezone(body: memoryview) -> timezone:
    parts = unpack_list(body, 3, 4)
    offset = timedelta(*parts[:3])
    return timezone(offset, parts[3]) if len(parts) == 4 else timezone(offset)


@encodes(ZoneInfo, atom=True)
def _zoneinfo(value: ZoneInfo, walker: Walker, depth: int) -> Ext:
    if value.key is None:
        raise Refused("is a ZoneInfo without a key", "Use ZoneInfo(key), for example ZoneInfo('Europe/Paris').")
    return Ext(codes.ZONEINFO, pack(value.key))


@decodes(codes.ZONEINFO)
def _read_zoneinfo(body: memoryview) -> ZoneInfo:
    key = expect(unpack(body), str)
    if not _ZONE.fullmatch(key):
        raise CannotRead(f"it has {key!r} where the key of a time zone belongs")
    return ZoneInfo(key)
