"""Evidence can't be rewritten: database triggers refuse UPDATE and DELETE on insert-only tables (decision 22)."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

INSERT_ONLY = (
    "history_line",
    "intake_contract",
    "estimate_version",
    "estimate_line",
    "approval",
    "approval_line",
    "consent_text",
    "reading",
    "payment",
    "delivery",
)

SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is evidence and can not be changed'); END"""

POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is evidence and can not be changed', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"""

POSTGRESQL = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def statements(dialect: str, tables: Iterable[str]) -> list[str]:
    """The trigger statements for one engine."""
    template = SQLITE if dialect == "sqlite" else POSTGRESQL
    head = [] if dialect == "sqlite" else [POSTGRESQL_FUNCTION]
    return head + [template.format(table=table, verb=verb) for table in tables for verb in ("UPDATE", "DELETE")]


def protect(connection: Connection, tables: Iterable[str] = INSERT_ONLY) -> None:
    """Create the triggers on freshly made tables; a migration names the tables of its day."""
    for statement in statements(connection.dialect.name, tables):
        connection.execute(text(statement))


def unprotect(connection: Connection, tables: Iterable[str] = INSERT_ONLY) -> None:
    """Take the triggers away, before the tables go."""
    on = " ON {table}" if connection.dialect.name == "postgresql" else ""
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{verb}{on.format(table=table)}"))
