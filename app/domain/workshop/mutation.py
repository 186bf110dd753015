"""A mutation (手机记录): one thing a technician did, written on the phone first; what may become of it at the shop."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

KEPT_WAITING = timedelta(days=5)  # C25: then a person looks at it; nothing is applied by force, money is involved
QUARANTINE = timedelta(days=14)  # C24
SKEW_SHOWN = timedelta(minutes=5)
MEANING = ("mid", "type", "v", "author", "stream", "args", "deps", "blobs", "at_wall", "tmpl_v")


class Verdict(StrEnum):
    """What became of a mutation; whatever it is, its payload is kept."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"  # known already, the first verdict holds
    SUPERSEDED = "superseded"  # somebody else brought it about before
    REJECTED = "rejected"  # a rule of the shop forbids it; a person is told
    HELD = "held"  # it speaks of something that has not arrived yet
    PARKED = "parked"  # it could not be understood, or broke something of ours; a person looks
    MISMATCH = "mismatch"  # the id of another mutation


WAITS_FOR_A_PERSON = (Verdict.REJECTED, Verdict.HELD, Verdict.PARKED, Verdict.MISMATCH)


class Place(StrEnum):
    """Where a mutation stands in its device's log as the shop knows it."""

    NEXT = "next"
    KNOWN = "known"
    GAP = "gap"
    FORK = "fork"


class Missing(Exception):
    """The mutation speaks of something the shop has not seen; it waits for it."""

    def __init__(self, kind: str, thing_id: object) -> None:
        self.key = f"{kind}:{thing_id}"
        super().__init__(self.key)


class Malformed(Exception):
    """The mutation's facts can't be read."""


class Superseded(Exception):
    """What it asks for is already so."""


@dataclass
class Applied:
    """How it went: what came to be, and a word for the technician where something was different from expected."""

    result: dict[str, Any]
    made: tuple[str, ...] = ()  # keys that other mutations may be waiting for
    code: str = ""  # late, removed_line, lower_odometer …: a person should know
    message: str = ""
    facts: dict[str, Any] | None = None


def place(seq: int, mid: UUID, prev: UUID | None, *, last_seq: int, last_mid: UUID | None, known: UUID | None) -> Place:
    """Whether this is the next of the device's log; `known` is the mid the shop has at this seq (offline.md §2.4)."""
    if seq <= last_seq:
        return Place.KNOWN if known in (mid, None) else Place.FORK
    if seq > last_seq + 1:
        return Place.GAP
    is_first = last_seq == 0 and prev is None
    # after a skip the shop does not know the last one's id, and takes the next as it comes
    return Place.NEXT if is_first or prev == last_mid or (last_mid is None and last_seq > 0) else Place.FORK


def fingerprint(envelope: Mapping[str, Any]) -> str:
    """SHA-256 of what a mutation means; its place and its device change on a fork and do not count."""
    meaning = {key: envelope.get(key) for key in MEANING}
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def corrected(at_wall: datetime, *, offset_ms: int, now: datetime) -> datetime:
    """When it was by the shop's clock; never in the future, whatever the phone thinks."""
    return min(at_wall + timedelta(milliseconds=offset_ms), now)


def is_skewed(offset_ms: int) -> bool:
    """Whether a phone's clock is wrong by so much that people should know."""
    return abs(offset_ms) > SKEW_SHOWN / timedelta(milliseconds=1)


def has_waited_long(received_at: datetime, *, now: datetime) -> bool:
    """Whether a held mutation should be looked at by a person now."""
    return now - received_at > KEPT_WAITING
