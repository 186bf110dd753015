"""The administrator's desk: who works here, with which roles, and who is logged in where."""

import secrets
from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.office import staff as rules
from app.domain.office.staff import Role
from app.domain.reception.customer import read_name, read_phone
from app.models.office import login_queries, staff_queries
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff, StaffRole
from app.routes.dependencies import ADMINISTRATORS, Db, Now, Person, Who
from app.routes.loading import of_store
from app.security import hashed_password

OPT = {"roles": ADMINISTRATORS}


@get("/office/staff", name="staff", sync_to_thread=True, opt=OPT)
def show_staff(db: Db, who: Who, now: Now) -> Template:
    """Everybody of this store."""
    return Template("office/staff/staff.html", context={
        "people": staff_queries.working_here(db, who.store_id), "now": now, "all_roles": list(Role),
        "roles": staff_queries.roles_here(db, who.store_id),
        "log_ins": staff_queries.log_ins_here(db, who.store_id, now),
    })


@post("/office/staff", name="staff_new", sync_to_thread=True, opt=OPT)
def create_staff(data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now) -> Template:
    """Take somebody on; their first password is shown once."""
    username = data.get("username", "").strip().lower()
    if not username.isalnum() or not username.isascii() or not 2 <= len(username) <= 30:
        raise Invalid("username", "A log-in name has 2 to 30 letters and digits, as in zhoumin.")
    if staff_queries.is_username_taken(db, username):
        raise Invalid("username", "Somebody logs in as %(username)s already.", username=username)
    password = first_password()
    person = Staff(store_id=who.store_id, username=username, name=read_name(data.get("name", "")),
                   phone=read_phone(data["phone"]) if data.get("phone") else "",
                   password_hash=hashed_password(password))
    person.roles = [StaffRole(store_id=who.store_id, role=one_role(data.get("role", "")))]
    db.add(person)
    rules.take_on(person, by=who.actor, at=now)
    db.flush()
    return page(db, who, person, now, password=password)


@get("/office/staff/{staff_id:uuid}", name="staff_member", sync_to_thread=True, opt=OPT)
def show_member(staff_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """One person: roles, password, where they are logged in."""
    return page(db, who, staff_queries.colleague(db, who.store_id, staff_id), now)


@post("/office/staff/{staff_id:uuid}/roles", name="staff_roles", sync_to_thread=True, opt=OPT)
def update_roles(
    staff_id: FromPath[UUID], data: URLEncodedBody[dict[str, Any]], db: Db, who: Who, now: Now
) -> Redirect:
    """Which desks this person may sit at, in this store."""
    person = staff_queries.colleague(db, who.store_id, staff_id)
    rows = [StaffRole(store_id=who.store_id, role=one_role(text)) for text in several(data.get("roles", []))]
    kept = {row.role: row for row in person.roles if row.store_id == who.store_id}
    rules.give_roles(person, [kept.get(row.role, row) for row in rows], by=who.actor, at=now)
    return Redirect(f"/office/staff/{staff_id}", status_code=303)


@post("/office/staff/{staff_id:uuid}/password", name="staff_password", sync_to_thread=True, opt=OPT)
def create_password(staff_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """A new password, made here and shown once; every open log-in of the person is cut."""
    person = staff_queries.colleague(db, who.store_id, staff_id)
    password = first_password()
    rules.change_password(person, hashed_password(password), by=who.actor, at=now)
    for session in login_queries.of_person(db, person.id, now):
        if session.id != who.session_id:
            rules.log_out(session, by=who.actor, at=now)
    db.flush()
    return page(db, who, person, now, password=password)


@post("/office/staff/{staff_id:uuid}/departure", name="staff_departure", sync_to_thread=True, opt=OPT)
def create_departure(staff_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """The person no longer works here."""
    person = staff_queries.colleague(db, who.store_id, staff_id)
    rules.leave(person, login_queries.of_person(db, person.id, now), by=who.actor, at=now)
    return Redirect("/office/staff", status_code=303)


@get("/office/log-ins", name="log_ins", sync_to_thread=True, opt=OPT)
def show_log_ins(db: Db, who: Who, now: Now) -> Template:
    """Every browser somebody is logged in on, in this store."""
    return Template("office/staff/log_ins.html",
                    context={"sessions": login_queries.of_store(db, who.store_id, now), "now": now})


@delete("/office/log-ins/{session_id:uuid}", name="log_in_end", status_code=200, sync_to_thread=True, opt=OPT)
def delete_log_in(session_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Response[Any]:
    """Cut a browser off, a lost tablet first of all."""
    rules.log_out(of_store(who, db, LoginSession, session_id), by=who.actor, at=now)
    return Response(b"", media_type="text/html", status_code=200)


def page(db: Session, who: Person, person: Staff, now: Any, *, password: str = "") -> Template:
    """The person's page; with a new password on it, once."""
    return Template("office/staff/member.html", context={
        "person": person, "held": person.roles_in(who.store_id), "all_roles": list(Role), "password": password,
        "sessions": login_queries.of_person(db, person.id, now), "now": now,
    })


def several(value: str | list[str]) -> list[str]:
    """What ticked boxes of one name send: nothing, one text, or a list."""
    return [value] if isinstance(value, str) else value


def one_role(text: str) -> Role:
    """A role by its code; anything else is no form of ours."""
    if text not in list(Role):
        raise Invalid("roles", "Choose one of the roles shown.")
    return Role(text)


def first_password() -> str:
    """Twelve characters one can read out over the phone: no 0 and O, no 1 and l."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12))


ROUTES = [show_staff, create_staff, show_member, update_roles, create_password, create_departure, show_log_ins,
          delete_log_in]
