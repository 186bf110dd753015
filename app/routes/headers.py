"""Headers of every answer: a strict policy, nothing cached that is personal, no referrer (S-19, S-20)."""

from collections.abc import Awaitable, Callable

from litestar.types import Message, Scope

from app.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "permissions-policy": "geolocation=(), microphone=(), camera=(self), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


def secure(settings: Settings) -> Callable[[Message, Scope], Awaitable[None]]:
    """Add the headers an answer does not set itself, errors and static files included."""
    headers = dict(HEADERS)
    if settings.is_https:
        headers["strict-transport-security"] = "max-age=31536000"
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]

    async def add(message: Message, _scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        given = list(message.get("headers", ()))
        names = {name.lower() for name, _value in given}
        message["headers"] = given + [pair for pair in pairs if pair[0] not in names]

    return add
