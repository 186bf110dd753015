"""Time-driven work: APScheduler wakes the jobs, a row lets one process do each run, a missed run is harmless."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from app.models.database import Database
from app.models.office import tick

log = logging.getLogger("mingdan.ticks")


@dataclass(frozen=True)
class Job:
    """Something idempotent that is done again and again."""

    name: str
    every: timedelta
    run: Callable[[], Any]


class Ticker:
    """The clockwork of one process."""

    def __init__(self, database: Database, jobs: list[Job], *, clock: Callable[[], datetime] | None = None) -> None:
        self.database = database
        self.jobs = jobs
        self.clock = clock or (lambda: datetime.now(UTC))
        self.scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})

    def open(self) -> None:
        """Wind it up."""
        for job in self.jobs:
            self.scheduler.add_job(self.run, "interval", args=[job], seconds=job.every.total_seconds(), id=job.name)
        self.scheduler.start()

    def close(self) -> None:
        """Stop it; a job in progress is let finish."""
        self.scheduler.shutdown(wait=False)

    def run(self, job: Job) -> bool:
        """One run, if this process may have it; a fault of ours is logged and the next run comes all the same."""
        now = self.clock()
        try:
            if not tick.claim(self.database, job.name, now=now, next_at=now + job.every):
                return False
            job.run()
        except Exception:
            log.exception("The job %s failed", job.name)
            return False
        return True
