"""Which part fits a car, what is charged once, what does not go together."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from app.content_rows import starter
from app.domain.workshop.catalogue import (
    choose_part,
    exclusions,
    hours_after_overlaps,
    in_trade_words,
    quantity_x100,
    spoken,
    suggested,
)


@dataclass
class Piece:
    id: str
    fits: list[Any] = field(default_factory=lambda: ["generic"])
    facts: dict[str, Any] = field(default_factory=dict)


def oil(viscosity: str) -> Piece:
    return Piece(f"oil_{viscosity}", facts={"viscosity": viscosity})


FILTERS = [Piece("filter_generic"), Piece("filter_toyota", ["toyota_camry"])]
OILS = [oil("0W-20"), oil("5W-30"), oil("5W-40")]


def test_the_part_made_for_the_series_is_chosen() -> None:
    assert choose_part(FILTERS, "filter_generic", "toyota_camry", []).id == "filter_toyota"


def test_another_series_or_an_unknown_one_gets_the_default() -> None:
    assert choose_part(FILTERS, "filter_generic", "vw_lavida", []).id == "filter_generic"
    assert choose_part(FILTERS, "filter_generic", None, []).id == "filter_generic"


def test_the_oil_is_one_the_maker_allows() -> None:
    assert choose_part(OILS, "oil_0W-20", "vw_passat", ["5W-40", "5W-30"]).id == "oil_5W-40"
    assert choose_part(OILS, "oil_0W-20", "vw_lavida", ["5W-30", "0W-20"]).id == "oil_0W-20"


def test_where_no_oil_of_the_grade_is_allowed_the_default_stays_for_a_person_to_see() -> None:
    assert choose_part(OILS, "oil_0W-20", "toyota_camry", ["0W-16"]).id == "oil_0W-20"


@pytest.mark.parametrize(("capacity", "expected"), [(4200, 420), (4205, 421), (None, 400)])
def test_oil_is_taken_by_the_cars_own_capacity(capacity: int | None, expected: int) -> None:
    row = {"quantity_x100": 400, "quantity_rule": "vehicle_engine_oil_capacity"}
    assert quantity_x100(row, capacity) == expected


def test_other_parts_are_taken_as_the_catalogue_says() -> None:
    assert quantity_x100({"quantity_x100": 200}, 4200) == 200


def test_hours_spent_once_are_charged_once() -> None:
    pads = ("pads", 120, [{"operation": "discs", "saved_hours_x100": 60}])
    discs = ("discs", 180, [{"operation": "pads", "saved_hours_x100": 60}])
    assert hours_after_overlaps([pads, discs]) == {"pads": 120, "discs": 120}
    assert hours_after_overlaps([pads]) == {"pads": 120}


def test_what_excludes_another_is_named_once_with_its_reason() -> None:
    row = {"kind": "duplicate", "reason_zh": "内容重复"}
    found = exclusions({"a": [{"operation": "b", **row}], "b": [{"operation": "a", **row}], "c": []})
    assert [(one.operation, one.other, one.forbids) for one in found] == [("a", "b", True)]


def test_a_sequence_allows_both() -> None:
    row = {"operation": "b", "kind": "sequence", "reason_zh": "先洗后镀"}
    assert not exclusions({"a": [row], "b": []})[0].forbids


def test_the_position_says_front_or_rear() -> None:
    surface = next(one for one in starter("inspection")["points"] if one["id"] == "brake_disc_surface")
    assert suggested(surface, "RL") == ["clean_brake_discs", "rear_brake_discs_replace"]
    assert suggested(surface, "FR") == ["clean_brake_discs", "front_brake_discs_replace"]


def test_trade_words_and_spoken_words_find_each_other() -> None:
    assert spoken("更换前制动片") == "更换前刹车片"
    assert in_trade_words("刹车片") == "制动片"
