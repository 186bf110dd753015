"""A follow-up (跟踪回访): when a call is due after a car has gone."""

from datetime import date, timedelta
from enum import StrEnum


class FollowUpStatus(StrEnum):
    """Where one planned contact stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


def first_call_window(delivered_on: date) -> tuple[date, date, date]:
    """Opens and is aimed at day 3, due by day 7 (R-CRM-2, AE-006): 3 March gives 6, 6 and 10 March."""
    return delivered_on + timedelta(days=3), delivered_on + timedelta(days=3), delivered_on + timedelta(days=7)


def second_call_window(first_called_on: date) -> tuple[date, date]:
    """From day 7 to day 14 after the first call as it really was (AE-010)."""
    return first_called_on + timedelta(days=7), first_called_on + timedelta(days=14)
