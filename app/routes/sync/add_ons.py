"""What phones say of add-ons: this should be done, I changed it, I take it back. Prices are the shop's, never the bay's."""

from typing import Any

from app.domain.errors import NotAllowed
from app.domain.workshop import add_on as rules
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.mutation import Applied, Malformed, Missing, Superseded
from app.models.reception.order_line import OrderLine
from app.models.workshop import catalogue_queries, proposal_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.inspection import Finding
from app.models.workshop.pricing_queries import price_line
from app.routes.sync.desk import Desk, Mutation

KEPT = "The order is closed. The work is kept as a recommendation for the next visit."
DOUBLE = "The same work was proposed before on this car. The advisor decides between the two."


def propose(desk: Desk, mutation: Mutation) -> Applied:
    """`addon.propose`: priced from the catalogue and worded from the point at once."""
    if desk.db.get(OrderLine, mutation.id("addon")):
        raise Superseded
    finding = desk.finding(mutation, mutation.id("finding"))
    line = made(desk, mutation, finding)
    answered = f"addon:{line.id}"
    if line.repair_order.status.is_over:
        rules.keep_for_next_visit(line, by=desk.actor(mutation), at=mutation.at)
        return Applied({"addon": str(line.id)}, made=(answered, f"line:{line.id}"), code="late", message=KEPT)
    operation = catalogue_queries.operation(desk.db, desk.store_id, line.operation_id or "")
    rules.propose(line, related=proposal_queries.related_ids(desk.db, operation),
                  photo_count=proposal_queries.photo_count(desk.db, finding.id), by=desk.actor(mutation), at=mutation.at)
    double = proposal_queries.double_of(desk.db, line)
    if double is None:
        return Applied({"addon": str(line.id)}, made=(answered, f"line:{line.id}"))
    line.possible_duplicate_of_id = double.id
    word = "" if mutation.args.get("duplicate_ok") else DOUBLE
    return Applied({"addon": str(line.id)}, made=(answered, f"line:{line.id}"), code="duplicate_work", message=word)


def made(desk: Desk, mutation: Mutation, finding: Finding) -> AddOn:
    """The line, with names, hours, parts, price and sentences."""
    order = desk.order(mutation)
    operation = catalogue_queries.operation(desk.db, desk.store_id, mutation.text("operation", limit=80))
    is_targeted = mutation.text("kind") == "targeted"
    line = AddOn(
        id=mutation.id("addon"), store_id=desk.store_id, repair_order_id=order.id, finding=finding,
        kind="targeted" if is_targeted else "incidental", technical_text=mutation.text("text"),
        targeted_rule_id=proposal_queries.rule_for(desk.db, desk.store_id, finding.point_id) if is_targeted else None,
        related_answers=answers(desk, mutation), position=len(order.lines) + 1, status=AddOnStatus.PROPOSED,
        repair_order=order,
    )
    desk.db.add(line)
    with desk.db.no_autoflush:
        price_line(desk.db, line, operation, order.vehicle)
        proposal_queries.word_it(desk.db, line, finding)
    return line


def answers(desk: Desk, mutation: Mutation) -> list[dict[str, Any]]:
    """What the technician said of each related operation."""
    rows = mutation.args.get("related") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Malformed("related")
    return proposal_queries.canonical(desk.db, desk.store_id, rows, desk.actor(mutation).name)


def add_on_of(desk: Desk, mutation: Mutation) -> AddOn:
    """An add-on of the mutation's order."""
    order = desk.order(mutation)
    line = desk.db.get(OrderLine, mutation.id("addon"))
    if not isinstance(line, AddOn) or line.repair_order_id != order.id:
        raise Missing("addon", mutation.id("addon"))
    return line


def revise(desk: Desk, mutation: Mutation) -> Applied:
    """`addon.revise`: changed while it is still the technician's to change; a returned one goes forward again (C9)."""
    line = add_on_of(desk, mutation)
    was_returned = line.status == AddOnStatus.RETURNED
    by = desk.actor(mutation)
    rules.change_before_review(line, text=mutation.text("text"), related_answers=answers(desk, mutation), by=by,
                               at=mutation.at)
    if was_returned:
        rules.propose_again(line, by=by, at=mutation.at)
    return Applied({})


def withdraw(desk: Desk, mutation: Mutation) -> Applied:
    """`addon.withdraw`: taken back; what the customer has agreed to stands (C8)."""
    line = add_on_of(desk, mutation)
    if line.status == AddOnStatus.WITHDRAWN:
        raise Superseded
    reason = mutation.text("reason", limit=200)
    if not reason:
        raise NotAllowed("Say why you take it back.")
    rules.withdraw(line, reason=reason, by=desk.actor(mutation), at=mutation.at)
    return Applied({})


HANDLERS = {"addon.propose": propose, "addon.revise": revise, "addon.withdraw": withdraw}
