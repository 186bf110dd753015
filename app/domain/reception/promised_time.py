"""When a car can be given back: what waits before it, its own hours, the check and the wash, within opening hours."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

CHECK_MINUTES = 20
WASH_MINUTES = 20
STEP_MINUTES = 30  # times are promised on the half hour
MARGIN_MINUTES = 30  # offered, not hidden
RELAXED_MINUTES = 90


@dataclass(frozen=True)
class OpeningHours:
    """When the shop works, in its own zone, every day."""

    opens: time
    closes: time

    @classmethod
    def read(cls, opens: str, closes: str) -> "OpeningHours":
        """From `08:30` and `17:30`."""
        return cls(time.fromisoformat(opens), time.fromisoformat(closes))

    def next_open(self, at: datetime) -> datetime:
        """The moment itself, or the next one at which the shop works."""
        if at.time() < self.opens:
            return datetime.combine(at.date(), self.opens, at.tzinfo)
        if at.time() >= self.closes:
            return datetime.combine(at.date() + timedelta(days=1), self.opens, at.tzinfo)
        return at

    def after(self, at: datetime, minutes: int) -> datetime:
        """The moment when so many working minutes are over, through the night if need be."""
        moment = self.next_open(at)
        left = timedelta(minutes=minutes)
        while left > (room := datetime.combine(moment.date(), self.closes, moment.tzinfo) - moment):
            left -= room
            moment = self.next_open(datetime.combine(moment.date(), self.closes, moment.tzinfo))
        return moment + left


@dataclass(frozen=True)
class Plan:
    """The car's way through the shop, all in the shop's zone."""

    now: datetime
    starts_at: datetime
    done_at: datetime
    checked_at: datetime
    washed_at: datetime
    earliest: datetime

    @property
    def with_margin(self) -> datetime:
        """Half an hour later than the earliest: what we offer first."""
        return self.earliest + timedelta(minutes=MARGIN_MINUTES)

    @property
    def relaxed(self) -> datetime:
        """An hour and a half later, for a customer who comes back after work."""
        return self.earliest + timedelta(minutes=RELAXED_MINUTES)


def plan(now: datetime, *, work_minutes: int, queue_minutes: int, hours: OpeningHours) -> Plan:
    """Queue, work, check and wash one after the other; `now` in the shop's zone."""
    starts_at = hours.after(now, queue_minutes)
    done_at = hours.after(starts_at, work_minutes)
    checked_at = hours.after(done_at, CHECK_MINUTES)
    washed_at = hours.after(checked_at, WASH_MINUTES)
    return Plan(now, starts_at, done_at, checked_at, washed_at, on_the_half_hour(washed_at))


def queue_minutes(waiting_minutes: int, technicians: int) -> int:
    """What waits before a new car, shared by the technicians of the shop."""
    return -(-waiting_minutes // max(1, technicians))


def on_the_half_hour(at: datetime) -> datetime:
    """The next full or half hour."""
    whole = at.replace(minute=0, second=0, microsecond=0)
    passed = at - whole
    step = timedelta(minutes=STEP_MINUTES)
    return whole + step * -(-passed // step)
