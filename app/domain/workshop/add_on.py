"""An add-on (维修加项) is work found while the car is in the shop, done only if the customer says yes."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.workshop import review
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.workshop.add_on import AddOn


class AddOnStatus(StrEnum):
    """Found → reviewed → presented → decided (D-10)."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    PRESENTED = "presented"
    APPROVED = "approved"
    DECLINED = "declined"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"

    def may_become(self, other: "AddOnStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]


S = AddOnStatus
MOVES: dict[AddOnStatus, set[AddOnStatus]] = {
    S.PROPOSED: {S.REVIEWED, S.RETURNED, S.WITHDRAWN},
    S.RETURNED: {S.PROPOSED, S.WITHDRAWN},
    S.REVIEWED: {S.PRESENTED, S.RETURNED, S.WITHDRAWN},
    S.PRESENTED: {S.APPROVED, S.DECLINED, S.DEFERRED, S.REVIEWED, S.WITHDRAWN},  # reviewed: a new version is being made
    S.DECLINED: {S.PRESENTED},  # a customer may come round before the car leaves, on a new version
    S.DEFERRED: {S.PRESENTED},
    S.APPROVED: {S.REVIEWED},  # only when its price rises: a new agreement is needed (AE-066)
    S.WITHDRAWN: set(),
}

RELATED_ANSWERS = ("needed", "checked_ok", "not_needed", "after_dismantling")  # AE-060
URGENCIES = ("must", "recommended", "can_wait")
OPEN_TO_WORDS = (S.PROPOSED, S.RETURNED)  # what a second person has reviewed is not reworded behind their back


def _move(add_on: "AddOn", status: AddOnStatus, event: str, *, by: Actor, at: datetime, **facts: object) -> None:
    if not add_on.status.may_become(status):
        raise NotAllowed("%(title)s is already %(status)s.", title=add_on.title_zh, status=add_on.status)
    add_on.status = status
    add_on.note(f"add_on.{event}", by=by, at=at, title=add_on.title_zh, **facts)


def propose(add_on: "AddOn", *, related: Iterable[str], photo_count: int, by: Actor, at: datetime) -> None:
    """A technician or advisor puts work forward, with a photo and every related operation answered (D-08, AE-060)."""
    order = add_on.repair_order
    if order.signed_at is None and not order.is_emergency:
        raise NotAllowed("Order %(number)s is not signed yet: add the work to the order itself.", number=order.number)
    if photo_count < 1:
        raise NotAllowed("An add-on needs at least one photo of this car.")
    answers = {row["operation_id"]: row["answer"] for row in add_on.related_answers or []}
    for operation_id in related:
        if answers.get(operation_id) not in RELATED_ANSWERS:
            raise NotAllowed("Every related operation needs an answer first.", operation=operation_id)
    add_on.status = AddOnStatus.PROPOSED
    add_on.proposed_by_id = by.id
    add_on.proposed_at = at
    add_on.note("add_on.proposed", by=by, at=at, title=add_on.title_zh)


def approve_review(
    add_on: "AddOn", *, by: Actor, at: datetime, is_inspector: bool = False, is_supervisor: bool = False
) -> None:
    """A second person agrees that this may go to the customer; never the one who proposed it (V-06, AE-056)."""
    refuse_proposer(add_on, by)
    review.refuse_without_evidence(add_on)
    review.refuse_without_words(add_on)
    if review.is_harsher_than_its_value(add_on.finding) and not is_inspector:
        raise NotAllowed("%(title)s: the value lies inside its limits but was graded worse. A quality inspector has "
                         "to look at it.", title=add_on.title_zh)
    if review.time_on_system(add_on) > review.FREE_TIMES and not is_supervisor:
        raise NotAllowed("This is proposal number %(count)s on the same system of this car. A supervisor has to "
                         "release it.", count=review.time_on_system(add_on))
    add_on.reviewed_by_id = by.id
    add_on.reviewed_at = at
    _move(add_on, AddOnStatus.REVIEWED, "reviewed", by=by, at=at)


def reword(
    add_on: "AddOn", *, saw: str, if_waits: str, we_would_do: str, urgency: str, by: Actor, at: datetime
) -> None:
    """Put the three sentences and the urgency into plain words, as long as nobody has passed them."""
    if add_on.status not in OPEN_TO_WORDS:
        raise NotAllowed("%(title)s has been reviewed. Send it back before its words change.", title=add_on.title_zh)
    if urgency not in URGENCIES:
        raise NotAllowed("Say how long it can wait.")
    add_on.saw, add_on.if_waits, add_on.we_would_do = saw.strip(), if_waits.strip(), we_would_do.strip()
    add_on.urgency = urgency
    add_on.note("add_on.reworded", by=by, at=at, title=add_on.title_zh)


def answer_related(add_on: "AddOn", operation_id: str, answer: str, *, by: Actor, at: datetime) -> None:
    """Say of one related operation whether it is needed too; every one has to be answered (AE-060)."""
    if answer not in RELATED_ANSWERS:
        raise NotAllowed("Every related operation needs an answer first.")
    if add_on.status not in (*OPEN_TO_WORDS, AddOnStatus.REVIEWED):
        raise NotAllowed("%(title)s is already %(status)s.", title=add_on.title_zh, status=add_on.status)
    others = [row for row in add_on.related_answers or [] if row["operation_id"] != operation_id]
    add_on.related_answers = [*others, {"operation_id": operation_id, "answer": answer, "by": by.name}]
    add_on.note("add_on.related_answered", by=by, at=at, title=add_on.title_zh, operation=operation_id, answer=answer)


def send_back(add_on: "AddOn", *, reason: str, by: Actor, at: datetime) -> None:
    """Return it to the technician with a reason."""
    if not reason.strip():
        raise NotAllowed("Say what the technician should do about it.")
    add_on.return_reason = reason
    _move(add_on, AddOnStatus.RETURNED, "returned", by=by, at=at, reason=reason)


def propose_again(add_on: "AddOn", *, by: Actor, at: datetime) -> None:
    """The technician has done what the reviewer asked."""
    add_on.return_reason = ""
    _move(add_on, AddOnStatus.PROPOSED, "proposed_again", by=by, at=at)


def withdraw(add_on: "AddOn", *, reason: str, by: Actor, at: datetime) -> None:
    """Take it back before the customer decided; an approved one stays (C8)."""
    if not reason.strip():
        raise NotAllowed("Say why it is withdrawn.")
    if add_on.status == AddOnStatus.APPROVED:
        raise NotAllowed("The customer has already agreed to %(title)s. Ask the advisor.", title=add_on.title_zh)
    _move(add_on, AddOnStatus.WITHDRAWN, "withdrawn", by=by, at=at, reason=reason)
    add_on.work_status = WorkStatus.REMOVED


def refuse_proposer(add_on: "AddOn", by: Actor) -> None:
    """Raise if this person put the add-on forward."""
    if by.is_same_person_as(add_on.proposed_by_id):
        raise NotAllowed("%(name)s proposed this. Another person has to review it.", name=by.name)


def present(add_on: "AddOn", *, by: Actor, at: datetime) -> None:
    """It goes to the customer in a frozen version, explained in plain words (R-CORE-20, AE-058)."""
    if not (add_on.saw.strip() and add_on.if_waits.strip() and add_on.we_would_do.strip()):
        raise NotAllowed("%(title)s: the three sentences for the customer are not all written.", title=add_on.title_zh)
    add_on.presented_at = at
    _move(add_on, AddOnStatus.PRESENTED, "presented", by=by, at=at)


def reopen(add_on: "AddOn", *, by: Actor, at: datetime) -> None:
    """Back to the estimate: price or wording changes, so the earlier answer no longer covers it (E-04)."""
    add_on.approved_fen = None
    _move(add_on, AddOnStatus.REVIEWED, "reopened", by=by, at=at)


def approve(add_on: "AddOn", *, total_fen: int, by: Actor, at: datetime) -> None:
    """Record the customer's yes; the price on the paper is the ceiling from now on."""
    _move(add_on, AddOnStatus.APPROVED, "approved", by=by, at=at, total_fen=total_fen)
    add_on.approved_fen = total_fen
    add_on.decided_at = at


def decline(add_on: "AddOn", *, reason: str, by: Actor, at: datetime) -> None:
    """这次不做: nothing is done, nothing is charged; it comes up again at the next visit (D-12)."""
    _move(add_on, AddOnStatus.DECLINED, "declined", by=by, at=at, reason=reason)
    add_on.decline_reason = reason
    add_on.decided_at = at


def defer(add_on: "AddOn", *, until_on: date | None, until_km: int | None, by: Actor, at: datetime) -> None:
    """以后再说: a date, a mileage, or simply the next visit."""
    _move(add_on, AddOnStatus.DEFERRED, "deferred", by=by, at=at,
          until_on=until_on.isoformat() if until_on else None, until_km=until_km)
    add_on.defer_until_on = until_on
    add_on.defer_until_km = until_km
    add_on.decided_at = at


def keep_for_next_visit(add_on: "AddOn", *, by: Actor, at: datetime) -> None:
    """Proposed by a phone after the order was closed: no price asked of anybody, it comes up at the next arrival (C7)."""
    if not add_on.repair_order.status.is_over:
        raise NotAllowed("Order %(number)s is still open: propose the work on it.", number=add_on.repair_order.number)
    add_on.status = AddOnStatus.DEFERRED
    add_on.proposed_by_id, add_on.proposed_at = by.id, at
    add_on.note("add_on.kept_for_next_visit", by=by, at=at, title=add_on.title_zh)


def change_before_review(
    add_on: "AddOn", *, text: str, related_answers: list[dict[str, str]], by: Actor, at: datetime
) -> None:
    """The technician adds to what they proposed, as long as nobody has reviewed it; an approved one stays (C9)."""
    if add_on.status == AddOnStatus.APPROVED:
        raise NotAllowed("The customer has already agreed to %(title)s. Ask the advisor.", title=add_on.title_zh)
    if add_on.status not in (AddOnStatus.PROPOSED, AddOnStatus.RETURNED):
        raise NotAllowed("%(title)s has been reviewed already. Ask the advisor to change it.", title=add_on.title_zh)
    add_on.technical_text = text or add_on.technical_text
    add_on.related_answers = related_answers or add_on.related_answers
    add_on.note("add_on.changed", by=by, at=at, title=add_on.title_zh, text=text)
