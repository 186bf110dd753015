"""Throw the data of a local installation away, so that the demo can be loaded again."""

import shutil

from app.settings import Settings


def clear(settings: Settings) -> None:
    """Remove the SQLite file and the files beside it; a database server's data is not ours to drop."""
    if settings.database_url or settings.storage_url:
        raise SystemExit("Only an installation that keeps everything in its var folder can be cleared this way.")
    for name in ("mingdan.db", "mingdan.db-wal", "mingdan.db-shm"):
        (settings.var / name).unlink(missing_ok=True)
    shutil.rmtree(settings.var / "files", ignore_errors=True)
