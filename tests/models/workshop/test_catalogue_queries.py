"""The catalogue answers: by id or alias, by name, initials and line, with parts for a car."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import content_store
from app.domain.errors import NotFound
from app.models.office.store import Store
from app.models.workshop import catalogue_queries, inspection_queries
from app.models.workshop.catalogue import Operation
from tests.builders import NOON, OTHER_STORE_ID, STORE_ID


def test_an_operation_is_found_by_id_and_by_alias(db: Session) -> None:
    found = catalogue_queries.operation(db, STORE_ID, "replace_front_brake_pads")
    assert found.id == "front_brake_pads_replace"
    assert catalogue_queries.operation(db, STORE_ID, "front_brake_pads_replace") is found


def test_another_store_does_not_see_it(db: Session) -> None:
    with pytest.raises(NotFound):
        catalogue_queries.operation(db, OTHER_STORE_ID, "front_brake_pads_replace")
    assert catalogue_queries.search(db, OTHER_STORE_ID, "制动片") == []
    assert catalogue_queries.content(db, OTHER_STORE_ID, "jargon") == []
    with pytest.raises(NotFound):
        inspection_queries.current_template(db, OTHER_STORE_ID)


@pytest.mark.parametrize("text", ["制动片", "刹车片", "qzdp", "QSCP", "brake pads", "更换前"])
def test_pads_are_found_by_either_word_by_initials_and_in_english(db: Session, text: str) -> None:
    assert "front_brake_pads_replace" in {row.id for row in catalogue_queries.search(db, STORE_ID, text)}


def test_a_line_of_business_narrows_the_search(db: Session) -> None:
    rows = catalogue_queries.search(db, STORE_ID, "", business_line="beauty", limit=100)
    assert rows
    assert {row.business_line for row in rows} == {"beauty"}


def test_pages_follow_each_other_without_gap_or_repeat(db: Session) -> None:
    seen: list[str] = []
    after = None
    while rows := catalogue_queries.search(db, STORE_ID, "更换", limit=25, after=after):
        seen += [row.id for row in rows]
        after = (rows[-1].rank, rows[-1].initials, rows[-1].id)
    assert len(seen) == len(set(seen)) == len(catalogue_queries.search(db, STORE_ID, "更换", limit=1000))


def test_signs_of_a_pattern_are_only_signs(db: Session) -> None:
    assert catalogue_queries.search(db, STORE_ID, "%") == []
    assert catalogue_queries.search(db, STORE_ID, "_") == []


def test_a_camry_gets_its_own_filter_and_as_much_oil_as_it_takes(db: Session) -> None:
    service = catalogue_queries.operation(db, STORE_ID, "minor_service")
    parts = {row.part.family: row for row in catalogue_queries.priced_parts(db, STORE_ID, service, "toyota_camry")}
    assert "toyota_camry" in parts["oil_filter"].part.fits
    assert parts["engine_oil_full"].quantity_x100 == 450


def test_a_car_of_unknown_series_gets_the_default_parts(db: Session) -> None:
    service = catalogue_queries.operation(db, STORE_ID, "minor_service")
    rows = catalogue_queries.priced_parts(db, STORE_ID, service, None)
    assert [row.part.id for row in rows] == [row["part"] for row in service.facts["parts"]]


@pytest.mark.rule("AE-060")
def test_related_operations_come_with_their_reason(db: Session) -> None:
    pads = catalogue_queries.operation(db, STORE_ID, "front_brake_pads_replace")
    found = catalogue_queries.related(db, STORE_ID, pads)
    assert len(found) == len(pads.facts["related"])
    assert all(row["reason_zh"] for _, row in found)


def test_a_finding_that_may_mean_several_operations_names_the_others(db: Session) -> None:
    oil = catalogue_queries.operation(db, STORE_ID, "replace_engine_oil")
    assert {one.id for one in catalogue_queries.choices(db, STORE_ID, oil)} >= {"oil_change_premium"}


def test_an_hour_of_mechanics_costs_180_yuan(db: Session) -> None:
    assert catalogue_queries.labour_rate(db, STORE_ID, "mechanical").rate_fen == 18_000
    with pytest.raises(NotFound):
        catalogue_queries.labour_rate(db, STORE_ID, "alchemy")


@pytest.mark.rule("R-CORE-29")
@pytest.mark.parametrize(("service_class", "expected"), [
    ("first_level_maintenance", "quality_check_first_level_maintenance"),
    ("special_repair", "quality_check_minor_repair"), ("whole_vehicle_repair", "quality_check_assembly_repair"),
])
def test_each_class_of_service_has_its_check_list(db: Session, service_class: str, expected: str) -> None:
    assert catalogue_queries.check_list(db, STORE_ID, service_class)["id"] == expected


def test_content_comes_in_its_order_and_one_piece_by_its_id(db: Session) -> None:
    assert catalogue_queries.content(db, STORE_ID, "jargon")[0]["id"] == "brake_pad"
    assert catalogue_queries.content_item(db, STORE_ID, "legal_text", "consent_link")["version"] == "2"
    with pytest.raises(NotFound):
        catalogue_queries.content_item(db, STORE_ID, "legal_text", "nothing")


@pytest.mark.rule("R-CORE-11")
def test_the_current_list_is_the_newest_version_of_its_kind(db: Session) -> None:
    template = inspection_queries.current_template(db, STORE_ID)
    assert template.version == 1
    assert len(template.content["points"]) >= 60


def test_loading_again_adds_nothing_and_keeps_what_the_shop_changed(db: Session) -> None:
    catalogue_queries.operation(db, STORE_ID, "minor_service").hours_x100 = 77
    again = content_store.load(db, db.get_one(Store, STORE_ID), datetime(2027, 1, 1, tzinfo=UTC))
    assert set(again.values()) == {0}
    assert catalogue_queries.operation(db, STORE_ID, "minor_service").hours_x100 == 77


def test_a_second_store_gets_a_catalogue_of_its_own(db: Session) -> None:
    new = content_store.load(db, db.get_one(Store, OTHER_STORE_ID), NOON)
    assert new["series"] == 0
    assert new["operations"] == db.scalar(
        select(func.count()).select_from(Operation).where(Operation.store_id == OTHER_STORE_ID)
    )
