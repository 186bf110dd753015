"""When a car is due for its next service, told from its own odometer (R-CRM-5, L-01, L-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, stdev

FEWEST_DAYS = 14  # two readings closer than this say nothing about a daily distance
LEAST_DOUBT_DAYS = 7
DOUBT_OF_ONE_STRETCH = 0.4  # one stretch alone: the coming months may differ by two fifths
DOUBT_WITHOUT_DISTANCE_DAYS = 45
AVERAGE_MONTH_DAYS = 30.4375


@dataclass(frozen=True)
class OdometerPoint:
    """What the odometer said on a day; `is_restart` when it had been replaced since the last reading."""

    on: date
    km: int
    is_restart: bool = False


@dataclass(frozen=True)
class NextService:
    """Due about `on`, give or take `doubt_days`; `due_km` and `km_per_day` are None where nothing is known."""

    on: date
    doubt_days: int
    due_km: int | None
    km_per_day: int | None
    readings: int
    comes_by: str  # km or months, whichever is reached first

    def is_due(self, today: date) -> bool:
        """Whether it may be due already, the doubt counted in."""
        return self.on - timedelta(days=self.doubt_days) <= today


def predict(
    readings: Sequence[OdometerPoint], *, interval_km: int | None, interval_months: int | None,
    last_service: OdometerPoint,
) -> NextService | None:
    """The day by distance or by time, whichever first; None when the car's interval is not known."""
    points = sorted({point.on: point for point in (*readings, last_service)}.values(), key=lambda point: point.on)
    rates = stretches(points)
    by_km = _by_distance(points, rates, interval_km, last_service)
    by_months = _by_time(interval_months, last_service, interval_km, rates, len(points))
    found = [one for one in (by_km, by_months) if one is not None]
    return min(found, key=lambda one: one.on, default=None)


def stretches(points: Sequence[OdometerPoint]) -> list[float]:
    """Km a day between readings at least a fortnight apart; a replaced odometer starts a new stretch."""
    rates: list[float] = []
    start = points[0]
    for point in points[1:]:
        if point.is_restart or point.km < start.km:
            start = point
        elif (days := (point.on - start.on).days) >= FEWEST_DAYS:
            rates.append((point.km - start.km) / days)
            start = point
    return rates


def doubt(rates: Sequence[float]) -> float:
    """How far the coming months may differ from the mean, as a share of it: less with more stretches."""
    if len(rates) < 2:
        return DOUBT_OF_ONE_STRETCH
    return float(min(0.5, max(0.05, stdev(rates) / mean(rates) / len(rates) ** 0.5)))


def add_months(day: date, months: int) -> date:
    """The same day some months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _by_distance(
    points: Sequence[OdometerPoint], rates: Sequence[float], interval_km: int | None, last: OdometerPoint
) -> NextService | None:
    if not interval_km or not rates or mean(rates) < 1:
        return None
    due_km, latest, rate = last.km + interval_km, points[-1], mean(rates)
    days = max(0, round((due_km - latest.km) / rate))
    return NextService(
        on=latest.on + timedelta(days=days), doubt_days=max(LEAST_DOUBT_DAYS, round(days * doubt(rates))),
        due_km=due_km, km_per_day=round(rate), readings=len(points), comes_by="km",
    )


def _by_time(
    months: int | None, last: OdometerPoint, interval_km: int | None, rates: Sequence[float], count: int
) -> NextService | None:
    if not months:
        return None
    is_guess = bool(interval_km) and not rates
    return NextService(
        on=add_months(last.on, months), doubt_days=DOUBT_WITHOUT_DISTANCE_DAYS if is_guess else 0,
        due_km=last.km + interval_km if interval_km else None, km_per_day=round(mean(rates)) if rates else None,
        readings=count, comes_by="months",
    )
