"""Every page of the house with the user it is for: what `make shots` draws and what axe looks at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A page, who opens it, on which screen; `{order}` and the like are filled from the demo (see `subjects.py`)."""

    name: str
    path: str
    user: str = ""  # a log-in name of the demo; empty: nobody is logged in
    screen: str = "desk"
    door: str = ""  # how somebody without a log-in comes in (see `doors.py`)
    awaits: str = ""  # what must be there before it is looked at, where a script draws it
    press: tuple[str, ...] = ()  # what is pressed on it first, one after the other


def link(name: str, path: str, door: str = "", *press: str) -> Shown:
    """A page behind a customer's link."""
    return Shown(f"link-{name}", path, screen="phone", door=door, press=press)


def bay(name: str, path: str = "", awaits: str = "") -> Shown:
    """A screen of the technician's phone; a path within the car whose inspection is open."""
    return Shown(f"bay-{name}", f"/bay/#/{path}", screen="phone", door="technician", awaits=awaits or "main h1, main h2")


PAGES = (
    Shown("login", "/login", screen="tablet"),
    Shown("store", "/office/me/store", "zhaoyongjun", "tablet"),
    Shown("me", "/office/me", "zhoumin", "tablet"),
    Shown("office", "/office", "qianli"),
    Shown("staff", "/office/staff", "xujing"),
    Shown("staff-member", "/office/staff/{staff}", "xujing"),
    Shown("log-ins", "/office/log-ins", "xujing"),
    Shown("reception", "/reception", "zhoumin", "tablet"),
    Shown("search", "/search?q=syt", "zhoumin", "tablet"),
    Shown("orders", "/orders", "zhoumin"),
    Shown("order", "/orders/{order_in_work}", "zhoumin"),
    Shown("customer", "/reception/customers/{customer}", "zhoumin", "tablet"),
    Shown("customer-new", "/reception/customers/new", "zhoumin", "tablet"),
    Shown("arrival-walk", "/reception/arrivals/{reception}/walk", "zhoumin", "tablet"),
    Shown("arrival-words", "/reception/arrivals/{reception}/words", "zhoumin", "tablet"),
    Shown("arrival-items", "/reception/arrivals/{reception}/items", "zhoumin", "tablet"),
    Shown("arrival-sign", "/reception/arrivals/{reception}/sign", "zhoumin", "tablet"),
    Shown("workshop", "/workshop", "wangjianhua"),
    Shown("phones", "/workshop/devices", "wangjianhua"),
    Shown("quality-check", "/orders/{order_to_check}/quality-check", "hewei", "tablet"),
    Shown("quality-round", "/orders/{order_to_check}/quality-check", "hewei", "tablet",
          press=("main form button[type=submit]",), awaits="#check .rows > div"),
    Shown("board", "/approval", "zhoumin", "tablet"),
    Shown("review", "/approval/add-ons/{add_on}", "hewei", "tablet"),
    Shown("estimate", "/approval/estimates/{order_with_estimate}", "zhoumin", "tablet"),
    Shown("estimate-sending", "/approval/estimates/{order_with_estimate}/sending", "zhoumin", "tablet"),
    Shown("estimate-live", "/approval/estimates/{order_with_estimate}/live", "zhoumin", "tablet"),
    Shown("settlement", "/orders/{order_ready}/settlement", "qianli"),
    Shown("settlement-list", "/orders/{order_ready}/settlement", "qianli",
          press=("main form button[type=submit]", "details.more summary"), awaits="details.more[open] [name=reason]"),
    Shown("hand-over", "/orders/{order_settled}/settlement", "qianli"),
    Shown("follow-ups", "/care", "linxiao"),
    Shown("follow-up", "/care/follow-ups/{follow_up}", "linxiao"),
    Shown("standard-of-service", "/s/BJ", screen="phone"),
    Shown("verify", "/verify", screen="phone"),
    link("landing", "/a/{link}"),
    link("last4", "/a/s", "guest"),
    link("privacy", "/a/s/privacy", "guest"),
    link("cards", "/a/s", "customer"),
    link("chosen", "/a/s", "chooser"),
    link("review", "/a/s/review", "chooser"),
    link("sign", "/a/s/sign", "chooser"),
    Shown("bay", "/bay/", screen="phone", awaits="main h1"),
    bay("cars", "cars"),
    bay("car", "car/{inspected}"),
    bay("inspection", "car/{inspected}/inspection"),
    bay("zone", "car/{inspected}/zone/brakes"),
    bay("point", "car/{inspected}/point/rear_brake_pad.RL"),
    bay("how", "car/{inspected}/point/rear_brake_pad.RL/how"),
    bay("cannot", "car/{inspected}/point/rear_brake_pad.RL/cannot"),
    bay("sync", "sync", "header h1"),
    bay("about", "about"),
    bay("leave", "leave"),
    Shown("patterns", "/-/patterns", "zhoumin"),
    Shown("help", "/help", "zhoumin", "tablet"),
    Shown("403", "/office/staff", "zhoumin", "tablet"),
    Shown("404", "/nothing/here", "zhoumin", "tablet"),
    Shown("404-stranger", "/nothing/here", "", "phone"),
)
