"""The approval (客户授权): one act in which the customer answers every line of one frozen version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.approval.estimate import EstimateStatus, promised_after
from app.domain.errors import Gone, Invalid, NotAllowed, Stale
from app.domain.history import Actor
from app.domain.reception import repair_order
from app.domain.workshop import add_on as add_ons
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.approval.approval import Approval, ApprovalLine
    from app.models.approval.estimate import Estimate, EstimateVersion
    from app.models.workshop.add_on import AddOn

DECISIONS = ("approved", "declined", "deferred")
REASONS = ("price", "not_now", "elsewhere", "family", "diagnosis", "other_payer")  # approval.md §2.6, optional


@dataclass(frozen=True)
class Answer:
    """The customer's answer to one line, `line_id` as the payload names it."""

    line_id: str
    decision: str
    reason_code: str = ""
    reason_text: str = ""
    defer_until_on: date | None = None
    defer_until_km: int | None = None
    safety_acknowledged: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a set of answers comes to: fen, counts and the new time."""

    approved_fen: int
    total_after_fen: int
    promised_after: datetime
    extra_minutes: int
    approved: int
    declined: int
    deferred: int


def outcome(content: Mapping[str, Any], decisions: Mapping[str, str]) -> Outcome:
    """Add up what was agreed from the frozen lines: 896.00 and 174.00 on 1,286.00 make 2,356.00."""
    agreed = [line for line in content["lines"] if decisions.get(line["line_id"]) == "approved"]
    approved_fen = sum(line["customer_fen"] for line in agreed)
    minutes = [line["extra_minutes"] for line in agreed]
    chosen = list(decisions.values())
    return Outcome(
        approved_fen=approved_fen,
        total_after_fen=content["before_fen"] + approved_fen,
        promised_after=promised_after(moment(content["promised_before"]), minutes),
        extra_minutes=sum(minutes),
        approved=chosen.count("approved"),
        declined=chosen.count("declined"),
        deferred=chosen.count("deferred"),
    )


def moment(text: str) -> datetime:
    """A time of the payload, `2026-11-21T10:00:00Z`."""
    return datetime.fromisoformat(text)


def refuse_unsound(content: Mapping[str, Any], answers: Sequence[Answer], *, today: date) -> None:
    """Raise unless every line has one full answer."""
    by_line = {answer.line_id: answer for answer in answers}
    lines = content["lines"]
    if missing := [line for line in lines if line["line_id"] not in by_line]:
        raise Invalid(f"line-{missing[0]['line_id']}", "%(title)s still needs an answer.",
                      title=missing[0]["title"]["zh"])
    if len(answers) != len(lines) or set(by_line) != {line["line_id"] for line in lines}:
        raise Invalid("lines", "These answers do not belong to this estimate. Please load the page again.")
    for line in lines:
        refuse_unsound_answer(line, by_line[line["line_id"]], today=today)
    refuse_split_bundle(lines, by_line)


def refuse_unsound_answer(line: Mapping[str, Any], answer: Answer, *, today: date) -> None:
    """Raise for an unknown answer, a day gone by, or a safety line put aside without having been told (消法18)."""
    title = line["title"]["zh"]
    field = f"line-{line['line_id']}"
    if answer.decision not in DECISIONS:
        raise Invalid(field, "%(title)s still needs an answer.", title=title)
    if answer.reason_code and answer.reason_code not in REASONS:
        raise Invalid(field, "This reason is not on the list. You may also leave it open.")
    if answer.defer_until_on and answer.defer_until_on <= today:
        raise Invalid(field, "That day has passed. Please choose a later one.")
    if needs_acknowledgement(line) and answer.decision == "declined" and not answer.safety_acknowledged:
        raise Invalid(field, "%(title)s concerns safety. You may leave it; please tick that you know.", title=title)


def needs_acknowledgement(line: Mapping[str, Any]) -> bool:
    """Whether saying no takes a tick of its own: a safety point that is past its limit."""
    return bool(line["is_safety"]) and line["state"] == "replace"


def refuse_split_bundle(lines: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer]) -> None:
    """Lines that depend on each other are agreed together or not at all (E04)."""
    bundles: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        if line.get("bundle"):
            bundles.setdefault(line["bundle"], []).append(line)
    for members in bundles.values():
        agreed = [answers[line["line_id"]].decision == "approved" for line in members]
        if any(agreed) and not all(agreed):
            raise Invalid(f"line-{members[0]['line_id']}", "%(titles)s belong together: %(reason)s. "
                          "Please agree to all of them or to none.",
                          titles="、".join(line["title"]["zh"] for line in members),
                          reason=members[0].get("bundle_reason") or "—")


def refuse_closed(estimate: "Estimate", *, version: "EstimateVersion", content_sha256: str, at: datetime) -> None:
    """Raise unless exactly this version, as it was shown, may be decided now."""
    if estimate.status == EstimateStatus.WITHDRAWN:
        raise Gone("The shop took this estimate back. Nothing was done and nothing is charged.")
    refuse_replaced(estimate, version=version, content_sha256=content_sha256)
    if estimate.status == EstimateStatus.DECIDED:
        raise NotAllowed("This estimate has already been decided; the result is below.")
    if at >= version.valid_until:
        raise Gone("This estimate has expired. Nothing was saved; nothing is done and nothing is charged.")


def refuse_replaced(estimate: "Estimate", *, version: "EstimateVersion", content_sha256: str) -> None:
    """Raise when a newer version is in force, or the page's hash is not the version's (S-16)."""
    current = estimate.current
    if current is not version or version.content_sha256 != content_sha256:
        raise Stale("The estimate is now version %(no)s. Please look at what changed and sign again; your earlier "
                    "signature was not kept.", no=current.version_no if current else 0)


def decide(approval: "Approval", *, estimate: "Estimate", content: Mapping[str, Any], today: date, by: Actor,
           at: datetime) -> None:
    """Record one act of decision: each add-on takes its answer, the estimate is decided, the time moves.

    `approval` comes with its lines and its version; `content` is the version's payload, parsed; `today` the shop's day.
    """
    refuse_closed(estimate, version=approval.version, content_sha256=approval.content_sha256, at=at)
    answers = [answer_of(line) for line in approval.lines]
    refuse_unsound(content, answers, today=today)
    sums = outcome(content, {answer.line_id: answer.decision for answer in answers})
    approval.decided_at = at
    approval.approved_fen = sums.approved_fen
    approval.total_after_fen = sums.total_after_fen
    approval.promised_after = sums.promised_after
    order = estimate.repair_order
    own = {add_on.id: add_on for add_on in order.add_ons}
    refuse_unless_presented(own[line.add_on_id] for line in approval.lines)
    for line in approval.lines:
        take_answer(own[line.add_on_id], line, by=by, at=at)
    estimate.status = EstimateStatus.DECIDED
    estimate.note("estimate.decided", by=by, at=at, number=approval.number, approved=sums.approved,
                  declined=sums.declined, deferred=sums.deferred, approved_fen=sums.approved_fen)
    if sums.extra_minutes and sums.promised_after > at:
        repair_order.promise(order, sums.promised_after, by=by, at=at)


def refuse_unless_presented(lines: Iterable["AddOn"]) -> None:
    """Raise while the advisor is changing a line: the version that was shown is about to be replaced."""
    if any(add_on.status != add_ons.AddOnStatus.PRESENTED for add_on in lines):
        raise Stale("Your advisor is just changing this estimate. Nothing was saved; please look again in a moment.")


def answer_of(line: "ApprovalLine") -> Answer:
    """The kept row as an answer."""
    return Answer(str(line.add_on_id), line.decision, line.reason_code or "", line.reason_text or "",
                  line.defer_until_on, line.defer_until_km, bool(line.safety_acknowledged))


def take_answer(add_on: "AddOn", line: "ApprovalLine", *, by: Actor, at: datetime) -> None:
    """One add-on hears its answer."""
    if line.decision == "approved":
        add_ons.approve(add_on, total_fen=line.total_fen, by=by, at=at)
    elif line.decision == "declined":
        add_ons.decline(add_on, reason=line.reason_text or line.reason_code, by=by, at=at)
    else:
        add_ons.defer(add_on, until_on=line.defer_until_on, until_km=line.defer_until_km, by=by, at=at)


def ask_to_cancel(add_on: "AddOn", *, by: Actor, at: datetime) -> None:
    """The customer has second thoughts before the work began; the approval itself stays as it is (Civil Code 787)."""
    if add_on.status != add_ons.AddOnStatus.APPROVED:
        raise NotAllowed("%(title)s was not agreed to; there is nothing to cancel.", title=add_on.title_zh)
    if add_on.work_status != "waiting":
        raise NotAllowed("Work on %(title)s has begun. Please call your advisor.", title=add_on.title_zh)
    add_on.cancel_requested_at = at
    add_on.note("add_on.cancellation_asked", by=by, at=at, title=add_on.title_zh)


def answer_cancellation(add_on: "AddOn", *, is_kept: bool, by: Actor, at: datetime) -> None:
    """The advisor spoke with the customer: the work is cancelled at no charge, or the customer keeps it after all."""
    if add_on.cancel_requested_at is None:
        raise NotAllowed("Nobody asks to cancel %(title)s.", title=add_on.title_zh)
    add_on.cancel_requested_at = None
    if not is_kept:
        add_on.work_status, add_on.removed_at = WorkStatus.REMOVED, at
    add_on.note("add_on.kept" if is_kept else "add_on.cancelled", by=by, at=at, title=add_on.title_zh)


def in_a_month(today: date) -> date:
    """What "in a month" means when a line is put off."""
    return today + timedelta(days=30)


def ask(add_on: "AddOn", *, text: str, by: Actor, at: datetime) -> None:
    """想问一下: the customer asks about a line; nothing is decided by it (AE-074)."""
    add_on.note("add_on.question_asked", by=by, at=at, title=add_on.title_zh, text=text)
