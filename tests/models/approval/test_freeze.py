"""A frozen version: what was shown is kept, hashed, and never changes."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.canonical import content_hash
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval import freeze
from app.models.approval.approval import ConsentText
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import catalogue_queries, pricing_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Part
from app.settings import Settings
from app.storage import FileStore
from tests import estimates
from tests.builders import ADVISOR, NOON, STORE_ID


@pytest.fixture
def files(tmp_path):
    return FileStore(Settings(var=tmp_path))


def shown(version):
    return json.loads(version.payload)


def test_the_payload_is_what_its_hash_says(db, files):
    version = db.get_one(EstimateVersion, estimates.send(db, files).version_id)
    assert version.content_sha256 == content_hash(version.payload) == content_hash(shown(version))


def test_page_and_paper_find_everything_in_the_payload(db, files):
    sent = estimates.send(db, files)
    content = shown(db.get_one(EstimateVersion, sent.version_id))
    assert (content["schema"], content["version"], content["before_fen"]) == ("estimate/1", 1, 9_000)
    assert content["total_fen"] == 89_600 + 122_800 + 17_400
    assert content["after_fen"] == content["before_fen"] + content["total_fen"]
    pads = content["lines"][0]
    assert (pads["value_x1000"], pads["limit"]["low_x1000"], pads["state"]) == (1800, 2000, "replace")
    assert [zone["state"] for zone in pads["scale"]["zones"]] == ["replace", "watch", "good"]
    assert pads["photos"][0]["marks"][0]["x"] == 4000
    assert "13812346021" not in json.dumps(content)


def test_what_nobody_checked_is_never_counted_as_good(db, files):
    counts = shown(db.get_one(EstimateVersion, estimates.send(db, files).version_id))["checked"]
    assert (counts["good"], counts["replace"]) == (0, 1)
    assert counts["not_checked"] > 60
    assert sum(zone["not_checked"] for zone in counts["zones"]) == counts["not_checked"]


@pytest.mark.rule("AE-062")
def test_the_new_time_is_the_old_one_and_every_lines_minutes(db, files):
    version = db.get_one(EstimateVersion, estimates.send(db, files).version_id)
    assert version.promised_after - version.promised_before == timedelta(minutes=40 + 35 + 10)


def test_work_whose_part_has_to_come_adds_no_time_today(db, files):
    sent = estimates.send(db, files, count=1)
    add_on = db.get_one(AddOn, sent.line_ids[0])
    scarce = db.scalars(select(Part).where(Part.store_id == STORE_ID, Part.stock == 0).limit(1)).one()
    add_on.parts[0].part_id = scarce.id
    stock = freeze.stock_of(db, [add_on])[add_on.id]
    assert (stock.in_stock, stock.wait_days) == (False, scarce.supplier_lead_days)
    assert freeze.minutes_today([add_on], {add_on.id: stock}) == []


@pytest.mark.rule("AE-066", "R-CORE-24")
def test_a_change_makes_another_version_with_another_hash_and_the_first_stays(db, files):
    sent = estimates.send(db, files)
    first = db.get_one(EstimateVersion, sent.version_id)
    kept = first.payload
    second = estimates.change(db, sent, at=NOON + timedelta(minutes=5), total_fen=93_600)
    assert second.version_no == 2
    assert second.content_sha256 != first.content_sha256
    assert first.payload == kept
    assert shown(second)["reason_of_change"] == "原来那款只剩 1 条"


@pytest.mark.parametrize("table", ["estimate_version", "estimate_line", "consent_text"])
def test_the_database_itself_refuses_to_change_what_was_sent(db, files, table):
    estimates.send(db, files)
    with pytest.raises(DatabaseError, match="evidence"), db.begin_nested():
        db.execute(text(f"UPDATE {table} SET store_id = store_id"))


def test_one_wording_is_kept_once(db, files):
    estimates.send(db, files, count=1)
    estimates.send(db, files, count=1)
    assert len(db.scalars(select(ConsentText).where(ConsentText.kind == "consent_link")).all()) == 1


def test_lines_are_shown_the_urgent_first(db, files):
    rows = list(reversed(estimates.LINES))
    content = shown(db.get_one(EstimateVersion, estimates.send(db, files, facts=rows).version_id))
    assert [line["urgency"] for line in content["lines"]] == ["must", "recommended", "can_wait"]


def test_a_decided_round_is_followed_by_a_new_one(db, files):
    sent = estimates.send(db, files)
    estimate = db.get_one(Estimate, sent.estimate_id)
    order = db.get_one(RepairOrder, sent.order_id)
    assert freeze.open_round(db, order, at=NOON) is estimate
    estimate.status = "decided"
    for line_id in sent.line_ids:
        db.get_one(AddOn, line_id).status = AddOnStatus.APPROVED
    db.flush()
    db.refresh(estimate)
    assert freeze.open_round(db, order, at=NOON).round_no == 2


@pytest.mark.rule("AE-066")
def test_a_signed_line_taken_back_goes_to_the_next_version_of_its_own_estimate(db, files):
    sent = estimates.send(db, files)
    estimate = db.get_one(Estimate, sent.estimate_id)
    estimate.status = "decided"
    line = db.get_one(AddOn, sent.line_ids[0])
    line.status = AddOnStatus.REVIEWED
    db.flush()
    db.refresh(estimate)
    assert freeze.current_round(db.get_one(RepairOrder, sent.order_id)) is estimate


def test_related_work_known_only_after_dismantling_stands_with_the_most_it_can_cost(db, files):
    sent = estimates.send(db, files, count=1)
    add_on = db.get_one(AddOn, sent.line_ids[0])
    add_on.related_answers = [{"operation_id": "front_brake_discs_replace", "answer": "after_dismantling"},
                              {"operation_id": "brake_fluid_replace", "answer": "checked_ok"}]
    rows = freeze.related_of(db, [add_on])[add_on.id]
    operation = catalogue_queries.operation(db, STORE_ID, "front_brake_discs_replace")
    assert rows[0]["ceiling_fen"] == pricing_queries.list_price(db, STORE_ID, operation, None).total_fen > 0
    assert rows[1]["ceiling_fen"] is None


def test_a_line_is_priced_from_the_catalogue_and_shared_work_is_charged_once(db, files):
    order = estimates.signed_order(db, NOON)
    pads = AddOn(store_id=STORE_ID, position=2, related_answers=[], title_zh="")
    order.lines.append(pads)
    operation = catalogue_queries.operation(db, STORE_ID, "front_brake_pads_replace")
    pricing_queries.price_line(db, pads, operation, order.vehicle)
    assert pads.hours_x100 == operation.hours_x100
    assert pads.total_fen == pads.labour_fen + pads.parts_fen == pads.list_total_fen
    db.flush()
    rotation = AddOn(store_id=STORE_ID, position=3, related_answers=[], title_zh="")
    order.lines.append(rotation)
    other = catalogue_queries.operation(db, STORE_ID, "front_brake_discs_replace")
    pricing_queries.price_line(db, rotation, other, order.vehicle)
    saved = next(row["saved_hours_x100"] for row in other.facts["overlaps"] if row["operation"] == operation.id)
    assert rotation.hours_x100 == max(0, other.hours_x100 - saved)


def test_nobody_reviewed_means_nothing_is_frozen(db, files):
    from app.domain.errors import NotAllowed

    sent = estimates.send(db, files)
    line = db.get_one(AddOn, sent.line_ids[0])
    line.status = AddOnStatus.PROPOSED
    with pytest.raises(NotAllowed, match="second person"):
        freeze.freeze(db, db.get_one(Estimate, sent.estimate_id), [line], by=ADVISOR, at=NOON, reason="x")
