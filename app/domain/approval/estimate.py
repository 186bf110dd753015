"""An estimate (报价单): versions are frozen when sent, and every change makes a new one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.workshop import add_on as add_on_rules
from app.domain.workshop.add_on import AddOnStatus

if TYPE_CHECKING:
    from app.models.approval.estimate import Estimate, EstimateVersion
    from app.models.reception.repair_order import RepairOrder
    from app.models.workshop.add_on import AddOn


class EstimateStatus(StrEnum):
    """Where one round of add-ons stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    def may_become(self, other: "EstimateStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]


E = EstimateStatus
MOVES: dict[EstimateStatus, set[EstimateStatus]] = {
    E.DRAFT: {E.PUBLISHED, E.WITHDRAWN},
    E.PUBLISHED: {E.PUBLISHED, E.DECIDED, E.WITHDRAWN},  # published again: a new version
    E.DECIDED: {E.PUBLISHED},  # a price changed after the signature (AE-066)
    E.WITHDRAWN: set(),
}


def valid_until(*, at: datetime, hours: int, promised_at: datetime | None) -> datetime:
    """Open until the promised time or the store's number of hours, whichever comes first (approval.md §2.6)."""
    end = at + timedelta(hours=hours)
    return min(end, promised_at) if promised_at and promised_at > at else end


def promised_after(before: datetime, extra_minutes: Iterable[int]) -> datetime:
    """The new time: 16:00 and 90 minutes more make 17:30 (AE-062)."""
    return before + timedelta(minutes=sum(extra_minutes))


def promise_to_build_on(order: "RepairOrder", *, at: datetime) -> datetime:
    """The promised time a new one is counted from; one that has passed has to be agreed on again first."""
    if order.promised_at is None or order.promised_at <= at:
        raise NotAllowed("The promised time has passed. Agree on a new one with the customer first.")
    return order.promised_at


def open_until(chosen: datetime | None, *, at: datetime, hours: int, promised_at: datetime) -> datetime:
    """The advisor's choice, else the house rule; never in the past and never beyond the promised time."""
    if chosen is None:
        return valid_until(at=at, hours=hours, promised_at=promised_at)
    if chosen <= at:
        raise NotAllowed("The time until which the estimate is open has passed. Choose a later one.")
    return min(chosen, promised_at)


def keep_open_until(estimate: "Estimate", until: datetime, *, by: Actor, at: datetime) -> None:
    """Choose until when the customer may answer the next version."""
    if until <= at:
        raise NotAllowed("The time until which the estimate is open has passed. Choose a later one.")
    estimate.valid_until = until
    estimate.note("estimate.opened_until", by=by, at=at, time=until.isoformat())


def refuse_unready(add_ons: Iterable["AddOn"]) -> None:
    """Raise unless there is something to send and a second person has reviewed all of it."""
    add_ons = list(add_ons)
    if not add_ons:
        raise NotAllowed("There is nothing to send yet.")
    for add_on in add_ons:
        if add_on.status not in (AddOnStatus.REVIEWED, AddOnStatus.PRESENTED, AddOnStatus.DECLINED,
                                 AddOnStatus.DEFERRED, AddOnStatus.APPROVED):
            raise NotAllowed("%(title)s has not been reviewed by a second person.", title=add_on.title_zh)


def publish(estimate: "Estimate", version: "EstimateVersion", *, by: Actor, at: datetime) -> None:
    """Freeze a version; from now on the link shows this one and only this one can be signed."""
    if not estimate.status.may_become(EstimateStatus.PUBLISHED):
        raise NotAllowed("This estimate was withdrawn.")
    if estimate.repair_order.status.is_over:
        raise NotAllowed("Order %(number)s is closed.", number=estimate.repair_order.number)
    if estimate.versions and not version.reason_of_change.strip():
        raise NotAllowed("Say what changed since version %(no)s; the customer will read it.",
                         no=estimate.versions[-1].version_no)
    estimate.status = EstimateStatus.PUBLISHED
    version.version_no = len(estimate.versions) + 1
    version.published_at = at
    estimate.versions.append(version)
    estimate.note("estimate.published", by=by, at=at, version=version.version_no, sha256=version.content_sha256,
                  total_fen=version.total_fen)


def withdraw(estimate: "Estimate", *, reason: str, by: Actor, at: datetime) -> None:
    """Take the estimate back before the customer decided; its lines come home and may be sent anew."""
    if not reason.strip():
        raise NotAllowed("Say why it is withdrawn.")
    if not estimate.status.may_become(EstimateStatus.WITHDRAWN):
        raise NotAllowed("The customer has already decided; the estimate can't be withdrawn.")
    estimate.status = EstimateStatus.WITHDRAWN
    for add_on in estimate.repair_order.add_ons:
        if add_on.status == AddOnStatus.PRESENTED:
            add_on_rules.reopen(add_on, by=by, at=at)
    estimate.note("estimate.withdrawn", by=by, at=at, reason=reason)
