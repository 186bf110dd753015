"""What the terminal says when the shop opens: the address, who may log in, and the phone app as a QR code."""

import io
import unicodedata

import segno

from app.demo.people import PASSWORD, STAFF
from app.domain.office.staff import Role
from app.languages import translate
from app.settings import Settings


def welcome(settings: Settings) -> str:
    """The whole greeting."""
    address = settings.links_begin_with
    return f"""
  明单 Mingdan is open at  {address}

{log_ins()}

  The technicians' phone app: {address}/bay/
{qr(address + "/bay/")}
  (A phone needs this machine's own address and HTTPS: docs/deploy.md. Stop with Ctrl-C.)
"""


def log_ins() -> str:
    """A table of the demo's people; one password for all of them."""
    rows = [f"  {padded(name, 10)}{username:<16}{roles_in_words(roles)}" for username, name, _phone, roles in STAFF]
    return "\n".join([f"  Log in as any of these; the password of all is  {PASSWORD}", "", *rows])


def roles_in_words(roles: tuple[Role, ...]) -> str:
    """`服务顾问 · advisor`."""
    return ", ".join(f"{translate(role, 'zh_CN')} {role.value.replace('_', ' ')}" for role in roles)


def padded(text: str, width: int) -> str:
    """Filled up to a width of columns; 汉字 take two."""
    taken = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * (width - taken)


def qr(address: str) -> str:
    """The address as a code a phone's camera reads off the terminal."""
    out = io.StringIO()
    segno.make(address, error="l").terminal(out=out, border=2, compact=True)
    return out.getvalue()
