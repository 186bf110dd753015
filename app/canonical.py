"""The one spelling of frozen content (RFC 8785): same content, same bytes, same hash, on any machine."""

import hashlib
from typing import Any

import rfc8785


def canonical(payload: Any) -> str:
    """The canonical JSON text of integers, texts, booleans, nulls, lists and objects; a float is refused."""
    refuse_floats(payload)
    return rfc8785.dumps(payload).decode()


def content_hash(payload: Any) -> str:
    """SHA-256 in hex of the canonical text, or of a text that is canonical already."""
    text = payload if isinstance(payload, str) else canonical(payload)
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_floats(payload: Any) -> None:
    """Money is fen and a measured value thousandths: a float in frozen content is a mistake of ours."""
    if isinstance(payload, float):
        raise TypeError("Frozen content holds no floats.")
    children = payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ()
    for child in children:
        refuse_floats(child)
