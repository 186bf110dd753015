"""My account: language, my log-ins, logging out."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from app import languages
from app.domain.errors import Invalid, NotFound
from app.domain.office import staff as rules
from app.models.office import login_queries
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff
from app.routes.dependencies import COOKIE, EVERYBODY, Db, Now, Who
from app.security import hashed_password, is_password

OPT = {"roles": EVERYBODY}


@get("/office/me", name="me", sync_to_thread=True, opt=OPT)
def show_me(db: Db, who: Who, now: Now) -> Template:
    """Who I am here, my language, and every browser I am logged in on."""
    return Template("office/me.html", context={
        "sessions": login_queries.of_person(db, who.id, now), "stores": login_queries.stores_of(db, who.id),
        "me": db.get_one(Staff, who.id), "now": now,
    })


@post("/office/me/language", name="my_language", sync_to_thread=True, opt=OPT)
def update_language(data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now) -> Redirect:
    """Switch the language of the interface for this person."""
    chosen = data.get("language", "")
    if chosen not in languages.LANGUAGES:
        raise Invalid("language", "Choose one of the languages shown.")
    staff = db.get_one(Staff, who.id)
    staff.language = chosen
    staff.note("staff.language_chosen", by=who.actor, at=now, language=languages.LANGUAGES[chosen])
    return Redirect("/office/me", status_code=303)


@post("/office/me/password", name="my_password", sync_to_thread=True, opt=OPT)
def update_password(data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now) -> Redirect:
    """A new password of my own, against the old one."""
    staff = db.get_one(Staff, who.id)
    if not is_password(data.get("password", ""), staff.password_hash):
        raise Invalid("password", "That is not your present password. Nothing was changed.")
    password = rules.read_password(data.get("new_password", ""))
    rules.change_password(staff, hashed_password(password), by=who.actor, at=now)
    return Redirect("/office/me", status_code=303)


@post("/office/me/logout", name="logout", sync_to_thread=True, opt=OPT)
def delete_my_session(db: Db, who: Who, now: Now) -> Redirect:
    """Close this browser's log-in."""
    rules.log_out(db.get_one(LoginSession, who.session_id), by=who.actor, at=now)
    answer = Redirect("/login", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@delete("/office/me/sessions/{session_id:uuid}", name="my_session", status_code=200, sync_to_thread=True, opt=OPT)
def delete_session(session_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Response[Any]:
    """Cut off another browser of mine."""
    session = db.get(LoginSession, session_id)
    if session is None or session.staff_id != who.id:
        raise NotFound("This log-in is not yours or no longer there.")
    rules.log_out(session, by=who.actor, at=now)
    return Response(b"", media_type="text/html", status_code=200)


ROUTES = [show_me, update_language, update_password, delete_my_session, delete_session]
