"""A follow-up (跟踪回访): when a call is due after a car has gone, and when it counts as made."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import Invalid, NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.care.follow_up import FollowUp


class FollowUpStatus(StrEnum):
    """Where one planned contact stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"

    def may_become(self, other: "FollowUpStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]


MOVES: dict[FollowUpStatus, set[FollowUpStatus]] = {
    FollowUpStatus.OPEN: {FollowUpStatus.OPEN, FollowUpStatus.DONE, FollowUpStatus.CANCELLED},
    FollowUpStatus.DONE: set(),
    FollowUpStatus.CANCELLED: set(),
}

# a call that reached nobody is an attempt, not a call: the task stays open
RESULTS = ("satisfied", "answered", "to_answer", "dissatisfied", "not_reached", "later")
ATTEMPTS = ("not_reached", "later")


def first_call_window(delivered_on: date) -> tuple[date, date, date]:
    """Opens and is aimed at day 3, due by day 7 (R-CRM-2, AE-006): 3 March gives 6, 6 and 10 March."""
    return delivered_on + timedelta(days=3), delivered_on + timedelta(days=3), delivered_on + timedelta(days=7)


def second_call_window(first_called_on: date) -> tuple[date, date]:
    """From day 7 to day 14 after the first call as it really was (AE-010)."""
    return first_called_on + timedelta(days=7), first_called_on + timedelta(days=14)


def deferred_window(until_on: date | None, decided_on: date) -> tuple[date, date, date]:
    """Two days before the day the customer named; without a day, a month after the visit (D-12)."""
    target = until_on or decided_on + timedelta(days=30)
    return target - timedelta(days=2), target - timedelta(days=2), target


def is_overdue(due_on: date, today: date) -> bool:
    """Overdue from the day after the last day of the window (AE-008)."""
    return today > due_on


def plan(follow_up: "FollowUp", window: tuple[date, date, date], *, by: Actor, at: datetime) -> None:
    """Put a contact on the desk's list."""
    follow_up.opens_on, follow_up.target_on, follow_up.due_on = window
    follow_up.made_at = at
    follow_up.note("follow_up.planned", by=by, at=at, kind=follow_up.kind, due=follow_up.due_on.isoformat())


def record_call(follow_up: "FollowUp", *, result: str, text: str, by: Actor, at: datetime) -> None:
    """What the customer said; without a result the call does not count (AE-016)."""
    if not follow_up.status.may_become(FollowUpStatus.DONE):
        raise NotAllowed("This follow-up is already finished.")
    if result not in RESULTS:
        raise Invalid("result", "Choose a result; without one the call does not count.")
    if result in ("to_answer", "dissatisfied", "answered") and not text.strip():
        raise Invalid("text", "Write down what the customer said, in their own words.")
    follow_up.result_text = text.strip()
    follow_up.result = result
    if result in ATTEMPTS:
        follow_up.facts = {**follow_up.facts, "attempts": int(follow_up.facts.get("attempts", 0)) + 1}
    else:
        follow_up.status = FollowUpStatus.DONE
        follow_up.done_at = at
    follow_up.note("follow_up.called", by=by, at=at, result=result)
