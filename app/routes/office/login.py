"""Logging in: name, password, store; the same answer and the same time for every wrong guess."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.office import staff as rules
from app.models.office import login_queries
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff
from app.routes.dependencies import COOKIE, Config, Db, Now
from app.security import is_password, new_token, sha256

WRONG = "Name or password is wrong. After five wrong tries the account rests for a quarter of an hour."


@get("/login", name="login", sync_to_thread=True, opt={"public": True})
def show_login(next: FromQuery[str] = "/") -> Template:
    """The log-in slip."""
    return Template("office/login.html", context={"next": local_path(next), "username": "", "error": ""})


@post("/login", name="login_post", sync_to_thread=True, opt={"public": True})
def create_login(
    data: URLEncodedBody[dict[str, str]], request: Request[Any, Any, Any], db: Db, now: Now, config: Config
) -> Response[Any]:
    """Open a session, or say that it did not fit."""
    staff = login_queries.by_username(db, data.get("username", ""))
    try:
        if staff:
            rules.refuse_if_locked(staff, at=now)
        if not is_password(data.get("password", ""), staff.password_hash if staff else None) or staff is None:
            if staff:
                rules.count_wrong_password(staff, at=now)
            raise NotAllowed(WRONG)
    except NotAllowed as refusal:
        return wrong(request, data, refusal)
    token = new_token()
    open_session(staff, token, request, is_shared="shared" in data, now=now, db=db)
    target = local_path(data.get("next", "/"))
    if len(login_queries.stores_of(db, staff.id)) > 1:
        target = f"/office/me/store?{urlencode({'next': target})}"
    answer = Redirect(target, status_code=303)
    answer.set_cookie(Cookie(COOKIE, value=token, httponly=True, samesite="lax", secure=config.is_https, path="/",
                             max_age=int(rules.SESSION_LIFE.total_seconds())))
    return answer


def wrong(request: Request[Any, Any, Any], data: dict[str, str], refusal: NotAllowed) -> Template:
    """The slip again, with what was typed and a sentence."""
    context = {"next": local_path(data.get("next", "/")), "username": data.get("username", ""), "error": refusal}
    return Template("office/login.html", context=context, status_code=422)


def open_session(
    staff: Staff, token: str, request: Request[Any, Any, Any], *, is_shared: bool, now: datetime, db: Session
) -> LoginSession:
    """A log-in row for this browser, in the person's home store."""
    session = LoginSession(
        store_id=staff.store_id, staff_id=staff.id, token_sha256=sha256(token), density="touch" if is_shared else "desk",
        device_name=device_name(request.headers.get("user-agent", "")),
        address=request.client.host if request.client else "",
    )
    db.add(session)
    rules.log_in(staff, session, at=now)
    return session


def device_name(user_agent: str) -> str:
    """A few words a person recognises: `iPad · Safari`."""
    systems = ("iPad", "iPhone", "Android", "Windows", "Macintosh", "Linux")
    browsers = ("MicroMessenger", "Edg", "Firefox", "Chrome", "Safari")
    system = next((name for name in systems if name in user_agent), "?")
    return f"{system} · {next((name for name in browsers if name in user_agent), '?')}"


def local_path(path: str) -> str:
    """A path of ours, so that nobody is led elsewhere after logging in."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path else "/"


PUBLIC_ROUTES = [show_login, create_login]
