"""The floor: bare routes of the same stack, with almost no product in them (perf.md): what the stack itself costs."""

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import weasyprint
from jinja2 import DictLoader, Environment
from litestar import Litestar, Response, get, post, put
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
    update,
)

METADATA = MetaData()
ESTIMATE = Table("estimate", METADATA, Column("id", Integer, primary_key=True), Column("token", String, unique=True),
                 Column("plate", String), Column("name", String))
LINE = Table("line", METADATA, Column("id", Integer, primary_key=True), Column("estimate_id", ForeignKey("estimate.id"), index=True),
             Column("title", String), Column("fen", Integer), Column("decision", String, default=""))
OWNER = Table("owner", METADATA, Column("id", Integer, primary_key=True), Column("name", String))
ORDER = Table("repair", METADATA, Column("id", Integer, primary_key=True), Column("status", String, index=True),
              Column("owner_id", ForeignKey("owner.id")), Column("plate", String), Column("number", String))
AUDIT = Table("audit", METADATA, Column("id", Integer, primary_key=True), Column("text", String))
FINDING = Table("finding", METADATA, Column("id", String, primary_key=True), Column("value", String), Column("rev", Integer))
PHOTO = Table("photo", METADATA, Column("sha256", String, primary_key=True), Column("size", Integer))

PAGES = Environment(autoescape=True, loader=DictLoader({
    "portal": "<!doctype html><title>{{ e.plate }}</title><h1>{{ e.name }}</h1><form method=post>{% for l in lines %}<fieldset>"
              "<legend>{{ l.title }}</legend><b>{{ l.fen }}</b>{% for d in ['approved','declined','deferred'] %}<label><input type=radio "
              "name='d{{ l.id }}' value={{ d }}>{{ d }}</label>{% endfor %}</fieldset>{% endfor %}<button>Sign</button></form>",
    "list": "<!doctype html><table>{% for r in rows %}<tr><td>{{ r.number }}</td><td>{{ r.plate }}</td><td>{{ r.name }}</td>"
            "<td>{{ r.status }}</td></tr>{% endfor %}</table>",
    "login": "<!doctype html><title>Log in</title><form method=post><input name=username><input name=password><button>Log in</button></form>",
}))


def make_floor(folder: Path, *, orders: int) -> Litestar:
    """The bare application over its own small database with as many orders."""
    engine = create_engine(f"sqlite:///{folder / 'floor.db'}", pool_size=8, max_overflow=0, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", tune)
    fill(engine, orders)

    @get("/hello", sync_to_thread=False)
    def hello() -> str:
        return "hello"

    @get("/login", sync_to_thread=True)
    def login() -> Response[str]:
        return html("login")

    @get("/portal/{token:str}", sync_to_thread=True)
    def portal(token: str) -> Response[str]:
        with engine.connect() as db:
            estimate = db.execute(select(ESTIMATE).where(ESTIMATE.c.token == token)).one()
            lines = db.execute(select(LINE).where(LINE.c.estimate_id == estimate.id)).all()
        return html("portal", e=estimate, lines=lines)

    @get("/list/{before:int}", sync_to_thread=True)
    def listing(before: int) -> Response[str]:
        statement = (select(ORDER.c.id, ORDER.c.number, ORDER.c.plate, ORDER.c.status, OWNER.c.name).join(OWNER)
                     .where(ORDER.c.status == "delivered", ORDER.c.id < before).order_by(ORDER.c.id.desc()).limit(50))
        with engine.connect() as db:
            return html("list", rows=db.execute(statement).all())

    @post("/sign/{token:str}", sync_to_thread=True)
    def sign(token: str, body: bytes) -> str:
        keep(folder / "signatures", body)
        with engine.begin() as db:
            estimate_id = db.scalar(select(ESTIMATE.c.id).where(ESTIMATE.c.token == token))
            ids = db.scalars(select(LINE.c.id).where(LINE.c.estimate_id == estimate_id)).all()
            db.execute(update(LINE).where(LINE.c.id == bound("line_id")).values(decision="approved"), [{"line_id": one} for one in ids])
            db.execute(insert(AUDIT), [{"text": token}])
        return "signed"

    @get("/pdf", sync_to_thread=True)
    def pdf() -> Response[bytes]:
        page = PAGES.get_template("portal").render(e={"plate": "A", "name": "B"}, lines=[{"id": n, "title": "Line", "fen": 100} for n in range(12)])
        return Response(weasyprint.HTML(string=page).write_pdf(), media_type="application/pdf")

    @post("/push", sync_to_thread=True)
    def push(data: list[dict[str, Any]]) -> dict[str, int]:
        with engine.begin() as db:
            for row in data:
                known = db.scalar(select(FINDING.c.rev).where(FINDING.c.id == row["id"]))
                if known is None:
                    db.execute(insert(FINDING), row)
                elif known < row["rev"]:
                    db.execute(update(FINDING).where(FINDING.c.id == row["id"]).values(value=row["value"], rev=row["rev"]))
        return {"taken": len(data)}

    @put("/photo/{sha256:str}", sync_to_thread=True)
    def photo(sha256: str, body: bytes) -> str:
        assert hashlib.sha256(body).hexdigest() == sha256
        keep(folder / "photos", body)
        with engine.begin() as db:
            db.execute(insert(PHOTO).prefix_with("OR IGNORE"), [{"sha256": sha256, "size": len(body)}])
        return "kept"

    return Litestar([hello, login, portal, listing, sign, pdf, push, photo], openapi_config=None, logging_config=None)


def bound(name: str) -> Any:
    """A parameter for a many-row update."""
    from sqlalchemy import bindparam

    return bindparam(name)


def html(name: str, **context: Any) -> Response[str]:
    """A page of the floor."""
    return Response(PAGES.get_template(name).render(**context), media_type="text/html")


def tune(connection: sqlite3.Connection, _record: Any) -> None:
    """The same engine settings as the product's."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def keep(folder: Path, content: bytes) -> None:
    """Bytes on disk before the answer."""
    folder.mkdir(exist_ok=True)
    target = folder / hashlib.sha256(content).hexdigest()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fill(engine: Engine, orders: int) -> None:
    """As many orders as the product has, and estimates of twelve lines."""
    METADATA.create_all(engine)
    with engine.begin() as db:
        db.execute(insert(OWNER), [{"id": n, "name": f"Owner {n}"} for n in range(1, 1001)])
        for first in range(0, orders, 5000):
            db.execute(insert(ORDER), [{"id": n + 1, "status": "delivered", "owner_id": n % 1000 + 1, "plate": f"P{n}", "number": f"N{n}"}
                                       for n in range(first, min(orders, first + 5000))])
        add_estimates(db, 4000)


def add_estimates(db: Connection, count: int) -> None:
    """Tokens t0, t1 … with twelve lines each."""
    db.execute(insert(ESTIMATE), [{"id": n + 1, "token": f"t{n}", "plate": "P", "name": "N"} for n in range(count)])
    db.execute(insert(LINE), [{"estimate_id": n + 1, "title": f"Line {k}", "fen": 100 * k, "decision": ""} for n in range(count) for k in range(12)])


app = make_floor(Path(os.environ["BENCH_FLOOR"]), orders=int(os.environ.get("BENCH_ORDERS", "1000"))) if "BENCH_FLOOR" in os.environ else None
