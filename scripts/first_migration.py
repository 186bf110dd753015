"""Write the first migration again from the mapped classes and the guards; only as long as nobody has data to keep."""

import tempfile
from pathlib import Path

from alembic import command
from alembic.operations import ops

from app.models.database import Database
from app.models.guards import INSERT_ONLY
from app.models.migrations import config_for

VERSIONS = Path(__file__).resolve().parent.parent / "app" / "models" / "migrations" / "versions"
EVIDENCE = "EVIDENCE = (\n" + "".join(f'    "{table}",\n' for table in INSERT_ONLY) + ")\n"


def main() -> None:
    """One migration, `0001`, that makes everything."""
    VERSIONS.mkdir(exist_ok=True)
    for old in VERSIONS.glob("0001_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        with database.writer.begin() as connection:
            script = command.revision(
                config_for(connection), "The first shape of the database", autogenerate=True, rev_id="0001",
                process_revision_directives=with_guards,
            )
        database.close()
    write_guards(Path(script.path))  # type: ignore[union-attr, arg-type]


def with_guards(_context: object, _revision: object, directives: list[ops.MigrationScript]) -> None:
    """The triggers come after the tables and go before them."""
    script = directives[0]
    script.imports.update({"from sqlalchemy.dialects import postgresql", "", "from app.models import guards"})
    script.upgrade_ops.ops.append(ops.ExecuteSQLOp("protect"))  # type: ignore[union-attr]
    script.downgrade_ops.ops.insert(0, ops.ExecuteSQLOp("unprotect"))  # type: ignore[union-attr]


def write_guards(path: Path) -> None:
    """Name the tables of the day in the file itself, so that it stays true when the list grows."""
    text = path.read_text(encoding="utf-8").replace("\nrevision", "\n\nrevision", 1)
    text = text.replace("op.execute('protect')", "guards.protect(op.get_bind(), EVIDENCE)")
    text = text.replace("op.execute('unprotect')", "guards.unprotect(op.get_bind(), EVIDENCE)")
    path.write_text(text.replace("\n\ndef upgrade", f"\n{EVIDENCE}\n\ndef upgrade", 1), encoding="utf-8")


if __name__ == "__main__":
    main()
