"""What the script of an app drew, as bytes: taken in one process, compared and taken over in others."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapter.app.blocks import Blocks
from adapter.app.release.place import Place
from adapter.app.release.places import places, shape
from adapter.errors import CannotRead, CannotStore
from adapter.files.published import published
from adapter.state.codec import decode, encode, seal, unseal
from adapter.state.codec.texts import texts_beginning

logger = logging.getLogger("adapter.app.release")

MOST_BYTES = 200_000
"""Of one value; what is larger was loaded, not drawn."""
NAMED = 8
"""Names that a warning tells; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The values of one process.

    Attributes:
        shape: a digest of which blocks and listeners there are; empty where only some values are kept.
        values: the encoded values, by the keys of their places.
        labels: what people call the places.
        unfit: the digests of values that belong to their process, such as files that it has made: they can be
            compared, not taken over.
    """

    shape: bytes
    values: Mapping[str, bytes]
    labels: Mapping[str, str]
    unfit: Mapping[str, bytes] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return what `read_snapshot` reads."""
        parts = {"shape": self.shape, "values": dict(self.values), "labels": dict(self.labels)}
        parts["unfit"] = dict(self.unfit)
        return seal(encode(parts, name="release"))

    def differing(self, other: Snapshot) -> list[str]:
        """Return the keys of the values that the two do not have alike, sorted."""
        mine, theirs = {**self.values, **self.unfit}, {**other.values, **other.unfit}
        return sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))

    def unfit_in(self, other: Snapshot) -> list[str]:
        """Return the labels of the values that differ and cannot be taken over."""
        return [self.labels[key] for key in self.differing(other) if key in self.unfit]

    def only(self, keys: set[str]) -> Snapshot:
        """Return a snapshot of those values alone."""
        values = {key: value for key, value in self.values.items() if key in keys}
        return Snapshot(self.shape, values, {key: self.labels[key] for key in values})


def read_snapshot(payload: bytes) -> Snapshot:
    """Return the snapshot that `Snapshot.to_bytes` wrote.

    Raises:
        CannotRead: it is damaged.
    """
    parts = decode(unseal(payload))
    try:
        return Snapshot(parts["shape"], parts["values"], parts["labels"], parts["unfit"])
    except (KeyError, TypeError) as error:
        raise CannotRead(f"no release is written there: {type(error).__name__}: {error}") from error


def snapshot(blocks: Blocks, *, passing: tuple[str, ...] = ()) -> Snapshot:
    """Return what the script of ``blocks`` drew in this process, and all else that may be drawn.

    Args:
        blocks: the app.
        passing: texts that belong to this process, such as its credentials: a value that holds one is left out.
    """
    values: dict[str, bytes] = {}
    labels: dict[str, str] = {}
    unfit: dict[str, bytes] = {}
    marks = tuple(text.encode() for text in passing)
    for place in places(blocks):
        payload = _payload(place)
        if payload is None or any(mark in payload for mark in marks):
            continue
        labels[place.key] = place.label
        if _of_this_process(payload):
            unfit[place.key] = hashlib.sha256(payload).digest()
        else:
            values[place.key] = payload
    return Snapshot(_shape(blocks), values, labels, unfit)


def adopt(blocks: Blocks, drawn: Snapshot) -> list[str]:
    """Give ``blocks`` the values that the release has drawn; return the labels of those that were others.

    A page with other blocks or listeners is left as it is, and the log says so.
    """
    if not drawn.values:
        return []
    if drawn.shape != _shape(blocks):
        logger.error(
            "the script made other components or listeners than in the release's first run: layouts that are drawn by "
            "chance or by the clock cannot be shared. Draw values, and keep which components there are fixed."
        )
        return []
    changed = []
    for place in places(blocks):
        wanted = drawn.values.get(place.key)
        if wanted is None or _payload(place) == wanted:
            continue
        try:
            place.write(decode(wanted))
        except CannotRead as error:
            logger.error("%s cannot be taken over from the release's first run: %s", place.label, error)
            continue
        changed.append(place.label)
    return changed


def name_list(labels: Sequence[str]) -> str:
    """Return labels for a message, each once and only the first few of them."""
    labels = list(dict.fromkeys(labels))
    more = len(labels) - NAMED
    return ", ".join(labels[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _payload(place: Place) -> bytes | None:
    """Return the encoded value; ``None`` for what has no stored form, such as a model or a connection."""
    try:
        payload = encode(place.read(), name=place.label)
    except CannotStore:
        return None
    return payload if len(payload) <= MOST_BYTES else None


def _shape(blocks: Blocks) -> bytes:
    return hashlib.sha256(repr(shape(blocks)).encode()).digest()


def _of_this_process(payload: bytes) -> bool:
    """Whether a value names a file that this process has made: none of the others has it."""
    if any(True for _ in texts_beginning(f"{tempfile.gettempdir()}/", payload)):
        return True
    return any(published(text) is not None for text in texts_beginning("app/", payload))
