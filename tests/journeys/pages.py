"""Every page of the house with the user it is for: what `make shots` draws and what axe looks at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A page, who opens it, on which screen; `{order}` and the like are filled from the demo (see `subjects.py`)."""

    name: str
    path: str
    user: str = ""  # a log-in name of the demo; empty: nobody is logged in
    screen: str = "desk"


PAGES = (
    Shown("login", "/login", screen="tablet"),
    Shown("store", "/office/me/store", "zhaoyongjun", "tablet"),
    Shown("me", "/office/me", "zhoumin", "tablet"),
    Shown("office", "/office", "qianli"),
    Shown("staff", "/office/staff", "xujing"),
    Shown("staff-member", "/office/staff/{staff}", "xujing"),
    Shown("log-ins", "/office/log-ins", "xujing"),
    Shown("help", "/help", "zhoumin", "tablet"),
    Shown("403", "/office/staff", "zhoumin", "tablet"),
    Shown("404", "/nothing/here", "zhoumin", "tablet"),
    Shown("404-stranger", "/nothing/here", "", "phone"),
)
