"""Periodic jobs: one run for all processes, and a fault stops nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from app.models.office.tick import claim
from app.ticks import Job, Ticker
from tests.builders import NOON
from tests.engines import both_engines

MINUTE = timedelta(minutes=1)


@both_engines
def test_of_many_processes_one_has_the_run(database):
    claim(database, "papers", now=NOON - MINUTE, next_at=NOON)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: claim(database, "papers", now=NOON, next_at=NOON + MINUTE), range(8)))
    assert taken.count(True) == 1


def test_a_job_runs_again_when_its_time_has_come(database):
    runs = []
    now = [NOON]
    ticker = Ticker(database, [], clock=lambda: now[0])
    job = Job("papers", MINUTE, lambda: runs.append(now[0]))
    assert ticker.run(job)
    assert not ticker.run(job)
    now[0] += MINUTE
    assert ticker.run(job)
    assert runs == [NOON, NOON + MINUTE]


def test_a_job_that_fails_is_tried_again(database):
    now = [NOON]
    ticker = Ticker(database, [], clock=lambda: now[0])
    job = Job("papers", MINUTE, lambda: 1 // 0)
    assert not ticker.run(job)
    now[0] += MINUTE
    assert not ticker.run(job)
