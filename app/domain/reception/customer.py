"""A customer's phone and name as people type them."""

import re
import unicodedata

from app.domain.errors import Invalid

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
