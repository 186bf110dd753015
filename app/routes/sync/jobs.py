"""What phones say of the work: started, stopped for a reason, finished, the odometer, the whole car done."""

from datetime import datetime, timedelta

from app.domain.errors import NotAllowed
from app.domain.reception import repair_order as order_rules
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop import work as rules
from app.domain.workshop.mutation import Applied, Malformed, Superseded
from app.domain.workshop.work import WorkStatus
from app.models.reception.order_line import OrderLine, WorkLog
from app.models.reception.vehicle import OdometerReading
from app.models.workshop import work_queries
from app.routes.sync.desk import Desk, Mutation

REMOVED = "%(title)s was taken off the order. Your time is written down; the advisor sees it."
LOWER = "The odometer shows less than last time. The advisor will look at it."
MOST_KM = 2_000_000


def start(desk: Desk, mutation: Mutation) -> Applied:
    """`job.start`: behind the gate like everybody; a done line that is started again is taken up once more."""
    order, line = desk.order(mutation), desk.line(mutation)
    mine = work_queries.running(desk.db, mutation.author)
    if any(log.line_id == line.id for log in mine):
        raise Superseded
    if is_removed(line):
        return worked_after_removal(desk, mutation, line)
    rules.refuse_without_consent(line)
    if order.status == OrderStatus.QUALITY_CHECK:
        raise NotAllowed("Order %(number)s is at the quality check. Ask the inspector.", number=order.number)
    if order.status in (OrderStatus.OPEN, OrderStatus.READY):
        order_rules.start(order, by=desk.actor(mutation), at=mutation.at)
    rules.start(line, new_log(desk, mutation), by=desk.actor(mutation), at=mutation.at)
    for log in mine:
        leave(log, at=mutation.at)
    return Applied({})


def new_log(desk: Desk, mutation: Mutation) -> WorkLog:
    """A clock begins, with the phone's own counter beside it."""
    return WorkLog(store_id=desk.store_id, technician_id=mutation.author, started_at=mutation.at,
                   clocks={"boot": mutation.boot, "mono_ms": mutation.mono_ms})


def leave(log: WorkLog, *, at: datetime) -> None:
    """One person works on one thing: the earlier clock stops where the later begins, and is marked (C15)."""
    log.ended_at, log.is_estimated = max(at, log.started_at), True
    if all(other.ended_at for other in log.line.work_logs) and log.line.work_status == WorkStatus.IN_WORK:
        log.line.work_status = WorkStatus.PAUSED


def is_removed(line: OrderLine) -> bool:
    """Whether the office took the line off meanwhile."""
    return line.removed_at is not None or line.work_status == WorkStatus.REMOVED


def worked_after_removal(desk: Desk, mutation: Mutation, line: OrderLine) -> Applied:
    """The time is real even if the line is gone: kept, and shown to the advisor (C14)."""
    line.work_logs.append(new_log(desk, mutation))
    line.note("order_line.worked_after_removal", by=desk.actor(mutation), at=mutation.at, title=line.title_zh)
    return Applied({}, code="removed_line", message=REMOVED, facts={"title": line.title_zh})


def stopped_at(line: OrderLine, mutation: Mutation) -> datetime:
    """When the work ended: by the phone's counter if it ran through, else by its corrected clock, marked as a guess."""
    mine = [log for log in line.work_logs if log.ended_at is None and log.technician_id == mutation.author]
    for log in mine:
        if mutation.boot and log.clocks.get("boot") == mutation.boot:
            return log.started_at + timedelta(milliseconds=max(0, mutation.mono_ms - log.clocks["mono_ms"]))
        log.is_estimated = True
    return mutation.at


def pause(desk: Desk, mutation: Mutation) -> Applied:
    """`job.pause`: stopped, and why."""
    line = desk.line(mutation)
    if line.work_status == WorkStatus.PAUSED:
        raise Superseded
    rules.pause(line, reason=mutation.text("reason", limit=200), by=desk.actor(mutation),
                at=min(stopped_at(line, mutation), desk.now))
    return Applied({})


def finish(desk: Desk, mutation: Mutation) -> Applied:
    """`job.finish`: this line is done."""
    line = desk.line(mutation)
    at = min(stopped_at(line, mutation), desk.now)
    if is_removed(line):
        rules.close_logs(line, at=at)
        return Applied({}, code="removed_line", message=REMOVED, facts={"title": line.title_zh})
    if line.work_status == WorkStatus.DONE:
        raise Superseded
    rules.finish(line, by=desk.actor(mutation), at=at)
    return Applied({"minutes": sum(minutes(log) for log in line.work_logs)})


def minutes(log: WorkLog) -> int:
    """How long one clock ran."""
    return int((log.ended_at - log.started_at).total_seconds() // 60) if log.ended_at else 0


def read_odometer(desk: Desk, mutation: Mutation) -> Applied:
    """`odometer.set`: taken as read; less than last time is kept and flagged (C19)."""
    order, km = desk.order(mutation), mutation.number("km")
    if km is None or not 0 <= km <= MOST_KM:
        raise Malformed("km")
    last = max(order.mileage_km, order.vehicle.mileage_km)
    order.mileage_km = int(km)
    order.vehicle.mileage_km = max(order.vehicle.mileage_km, int(km))
    desk.db.add(OdometerReading(store_id=desk.store_id, vehicle_id=order.vehicle_id, km=int(km), read_at=mutation.at))
    order.note("repair_order.odometer_read", by=desk.actor(mutation), at=mutation.at, km=int(km), before=last)
    return Applied({}, code="lower_odometer", message=LOWER) if km < last else Applied({})


def finish_order(desk: Desk, mutation: Mutation) -> Applied:
    """`order.finish`: the car goes to the quality check."""
    order = desk.order(mutation)
    if order.status not in (OrderStatus.OPEN, OrderStatus.IN_PROGRESS):
        raise Superseded
    order_rules.finish_work(order, by=desk.actor(mutation), at=mutation.at)
    return Applied({})


HANDLERS = {
    "job.start": start,
    "job.pause": pause,
    "job.finish": finish,
    "odometer.set": read_odometer,
    "order.finish": finish_order,
}
