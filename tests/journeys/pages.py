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
    Shown("board", "/approval", "zhoumin", "tablet"),
    Shown("review", "/approval/add-ons/{add_on}", "hewei", "tablet"),
    Shown("estimate", "/approval/estimates/{order_with_estimate}", "zhoumin", "tablet"),
    Shown("estimate-sending", "/approval/estimates/{order_with_estimate}/sending", "zhoumin", "tablet"),
    Shown("estimate-live", "/approval/estimates/{order_with_estimate}/live", "zhoumin", "tablet"),
    Shown("settlement", "/orders/{order_ready}/settlement", "qianli"),
    Shown("hand-over", "/orders/{order_settled}/settlement", "qianli"),
    Shown("follow-ups", "/care", "linxiao"),
    Shown("follow-up", "/care/follow-ups/{follow_up}", "linxiao"),
    Shown("standard-of-service", "/s/BJ", screen="phone"),
    Shown("verify", "/verify", screen="phone"),
    Shown("bay", "/bay/", screen="phone"),
    Shown("patterns", "/-/patterns", "zhoumin"),
    Shown("help", "/help", "zhoumin", "tablet"),
    Shown("403", "/office/staff", "zhoumin", "tablet"),
    Shown("404", "/nothing/here", "zhoumin", "tablet"),
    Shown("404-stranger", "/nothing/here", "", "phone"),
)
