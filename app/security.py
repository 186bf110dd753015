"""Secrets and their traces: tokens are kept as hashes, passwords by argon2, forms carry the session's own token."""

import hashlib
import hmac
import secrets

import argon2

HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")  # verified for unknown names, so that they take as long


def new_token(size: int = 32) -> str:
    """An unguessable URL-safe secret of `size` random bytes."""
    return secrets.token_urlsafe(size)


def sha256(text: str | bytes) -> str:
    """Hex SHA-256 of a secret or of bytes."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def hashed_password(password: str) -> str:
    """Argon2id of a password."""
    return HASHER.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether the password fits; takes as long for an unknown person."""
    try:
        return HASHER.verify(kept or NOBODY, password) and kept is not None
    except argon2.exceptions.VerificationError:
        return False


def csrf_token(secret: str, session_id: object) -> str:
    """The form token of one session (S-15)."""
    return hmac.new(secret.encode(), f"csrf:{session_id}".encode(), hashlib.sha256).hexdigest()


def is_csrf_token(given: str, secret: str, session_id: object) -> bool:
    """Whether a form carries its own session's token."""
    return hmac.compare_digest(given.encode(), csrf_token(secret, session_id).encode())
