"""A customer's phone and name as people type them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.errors import Invalid
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.customer import Customer

MOBILE = re.compile(r"^1[3-9]\d{9}$")
LANDLINE = re.compile(r"^0\d{2,3}\d{7,8}$")


def read_phone(text: str) -> str:
    """Digits only, without +86: `+86 138-1234-6021` is `13812346021`."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    digits = digits[2:] if digits.startswith("86") and len(digits) == 13 else digits
    if not (MOBILE.match(digits) or LANDLINE.match(digits)):
        raise Invalid("phone", "%(phone)s is no phone number: a mobile has 11 digits, a landline its area code.",
                      phone=text.strip() or "—")
    return digits


def open_file(customer: "Customer", *, by: Actor, at: datetime) -> None:
    """Open a customer's file (A-01)."""
    customer.made_at = at
    customer.note("customer.file_opened", by=by, at=at)


def correct_file(customer: "Customer", *, by: Actor, at: datetime, **facts: Any) -> None:
    """Change what the file says of the person; the history names the fields, not the old personal data."""
    changed = sorted(name for name, value in facts.items() if getattr(customer, name) != value)
    if "phone" in changed:
        customer.phone_changed_at = at
    for name in changed:
        setattr(customer, name, facts[name])
    customer.note("customer.file_corrected", by=by, at=at, fields=", ".join(changed))


def show_phone(customer: "Customer", *, by: Actor, at: datetime) -> None:
    """Somebody looked at the whole number; that is written down (V-11)."""
    customer.note("customer.phone_shown", by=by, at=at)


def refuse_duplicate(others: Sequence["Customer"], name: str, *, confirmed: bool) -> None:
    """A phone that another file has is a question: the same person, or a family's phone (A-08)."""
    if others and not confirmed:
        raise Invalid("phone", "This phone is in the file of %(name)s. The same person? Then open that file. "
                      "Somebody else with the same phone? Then tick the box.",
                      confirm="phone_is_shared", name=others[0].name, given=name)


def masked_phone(phone: str) -> str:
    """`138****6021` (V-11)."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def read_name(text: str) -> str:
    """A name of 1 to 40 characters, as written; rare characters are welcome."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if not 1 <= len(name) <= 40:
        raise Invalid("name", "A name has 1 to 40 characters.")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in name):
        raise Invalid("name", "This name holds characters that can't be kept. Please type it again.")
    return name
