"""Refusals: each carries a sentence that says what happened and what to do, in English, translated where it is shown."""

from typing import Any


class Refusal(Exception):
    """A sentence for a person; `message` is the untranslated text with %(name)s blanks, `facts` fill them."""

    status = 409

    def __init__(self, message: str, **facts: Any) -> None:
        self.message = message
        self.facts = facts
        super().__init__(message % facts if facts else message)


class NotAllowed(Refusal):
    """The shop's rules forbid this verb now."""


class Stale(Refusal):
    """Somebody changed the thing after it was read; `facts` may hold what changed."""


class Gone(Refusal):
    """It was valid once and is no longer."""

    status = 410


class NotFound(Refusal):
    """No such thing, or not yours to see: the two are answered alike."""

    status = 404


class Forbidden(Refusal):
    """The person has no right to do this."""

    status = 403


class Invalid(Refusal):
    """A field holds something that can't be taken; `field` names it, `confirm` names the box that would allow it."""

    status = 422

    def __init__(self, field: str, message: str, *, confirm: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        self.field = field
        self.confirm = confirm


class Faults(Refusal):
    """Several fields at once, so that the page can name them all."""

    status = 422

    def __init__(self, faults: list[Invalid]) -> None:
        super().__init__("Some entries need another look. Nothing you entered is lost.")
        self.faults = faults
