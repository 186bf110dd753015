"""Frozen content read back for paper: what it does not hold prints as nothing, never as a guess."""

import json
from datetime import datetime
from typing import Any


class Frozen(dict[str, Any]):
    """An object of a frozen payload; a key it never had is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def thaw(payload: str) -> Frozen:
    """The content of a canonical text."""
    return json.loads(payload, object_hook=Frozen)  # type: ignore[no-any-return]


def time_of(text: str | datetime | None) -> datetime | None:
    """`2026-11-21T10:00:00Z` as a moment."""
    if not text or isinstance(text, datetime):
        return text or None
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_digits(sha256: str) -> str:
    """The eight digits a customer compares: `2ada ce74`."""
    return f"{sha256[:4]} {sha256[4:8]}"
