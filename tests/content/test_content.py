"""The starter content keeps what it promises: enough of everything, every name known, every number judged once."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from app.content_rows import FOLDER, KINDS, content_rows, general_template, starter
from app.domain.approval.plain_words import forbidden_spans
from app.domain.workshop.inspection import Grade, in_range, propose_grade
from tests.builders import STORE_ID

OPERATIONS = starter("operations")
INSPECTION = starter("inspection")
PARTS = {part["id"]: part for part in starter("parts")["parts"]}
SERIES = {series["id"]: series for series in starter("vehicles")["vehicles"]}
OPERATION_IDS = {row["id"] for row in OPERATIONS["operations"]}
POINTS = {point["id"]: point for point in INSPECTION["points"]}
GENERAL = general_template()["points"]
MEASURED = [point for point in INSPECTION["points"] if point["kind"] == "measured"]
LINES = {"mechanical", "sheet_metal", "paint", "warranty", "insurance", "maintenance", "care", "boutique", "beauty",
         "modification"}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]")


def texts(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every {zh, en} below a node, with its place."""
    if isinstance(node, dict):
        if isinstance(node.get("zh"), str):
            yield place, node
        for key, child in node.items():
            yield from texts(child, f"{place}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from texts(child, f"{place}/{child.get('id', number) if isinstance(child, dict) else number}")


def customer_sentences(point: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What a customer may read of a point."""
    words = point["customer"]
    yield from words["saw"].values()
    yield from (words["if_waits"], words["we_would_do"], *(wait["text"] for wait in words["can_wait"].values()))


def test_there_are_120_operations_over_the_ten_lines_of_business() -> None:
    lines = Counter(row["line"] for row in OPERATIONS["operations"])
    assert len(OPERATION_IDS) >= 120
    assert set(lines) == LINES
    assert min(lines.values()) >= 5


def test_every_operation_has_hours_and_its_related_work_is_known() -> None:
    assert all(row["hours_x100"] > 0 for row in OPERATIONS["operations"])
    assert {one["operation"] for row in OPERATIONS["operations"] for one in row["related"]} <= OPERATION_IDS
    assert sum(1 for row in OPERATIONS["operations"] if row["related"]) >= 60


def test_overlaps_and_exclusions_name_each_other() -> None:
    for kind in ("overlaps", "excludes"):
        pairs = {(row["id"], one["operation"]) for row in OPERATIONS["operations"] for one in row[kind]}
        assert pairs == {(other, one) for one, other in pairs}


def test_there_are_150_parts_with_class_price_and_stock() -> None:
    assert len(PARTS) >= 150
    assert {part["part_class"] for part in PARTS.values()} == {"genuine", "equivalent", "remanufactured"}
    assert all(0 < part["cost_fen"] < part["list_price_fen"] and part["stock"] >= 0 for part in PARTS.values())


def test_every_part_of_an_operation_is_in_the_catalogue_and_fits_known_series() -> None:
    for row in OPERATIONS["operations"]:
        for one in row["parts"]:
            assert PARTS[one["part"]]["family"] == one["family"], row["id"]
    assert {one for part in PARTS.values() for one in part["fits"]} <= {*SERIES, "generic"}


def test_every_engine_oil_says_its_viscosity() -> None:
    oils = [part for part in PARTS.values() if part["family"].startswith("engine_oil_") and part["unit_zh"] == "升"]
    assert len(oils) >= 10
    assert all(part["viscosity"] in part["name_zh"] for part in oils)


def test_the_eight_care_programmes_say_when_they_are_worth_it_and_when_not() -> None:
    programmes = [row for row in OPERATIONS["operations"] if row["id"] in OPERATIONS["care_programmes"]]
    assert len(programmes) == 8
    assert all(row["worth_it_when_zh"] and row["not_worth_it_when_zh"] for row in programmes)


def test_there_are_20_series_with_service_intervals() -> None:
    assert len([one for one in SERIES.values() if one["service_interval"]["months"]]) >= 20


def test_every_trade_has_a_rate() -> None:
    rates = {row["trade"]: row for row in starter("rates")["labour_rates"]}
    assert {row["trade"] for row in OPERATIONS["operations"]} <= set(rates)
    assert all(row["fen_per_hour"] > row["internal_cost_fen_per_hour"] > 0 for row in rates.values())


@pytest.mark.rule("R-CORE-11")
def test_the_general_list_has_60_points_in_zones() -> None:
    assert len(GENERAL) >= 60
    assert len({point["zone"] for point in GENERAL}) >= 6


@pytest.mark.parametrize("powertrain", ["fuel", "hev", "phev", "bev"])
def test_every_kind_of_car_has_a_full_list(powertrain: str) -> None:
    assert len([point for point in GENERAL if powertrain in point["applies_to"]]) >= 58


@pytest.mark.rule("R-CORE-5")
def test_the_six_free_groups_are_in_the_list_and_take_30_minutes() -> None:
    groups = {group["id"]: group["minutes"] for group in INSPECTION["free_check_groups"]}
    assert {point["free_group"] for point in GENERAL if point["free_group"]} == set(groups)
    assert len(groups) == 6
    assert sum(groups.values()) == 30


@pytest.mark.parametrize("point", MEASURED, ids=lambda point: point["id"])
def test_the_thresholds_judge_every_number_exactly_once(point: dict[str, Any]) -> None:
    ranges = [one for grade in ("good", "watch", "replace") for one in point["thresholds"][grade]]
    bounds = sorted({float(bound) for one in ranges for bound in one.values()})
    around = {step for bound in bounds for step in (bound - 0.001, bound, bound + 0.001)}
    for value in {*around, bounds[0] - 1e6, bounds[-1] + 1e6}:
        assert sum(in_range(value, one) for one in ranges) == 1, value


@pytest.mark.rule("R-CORE-11")
def test_3_mm_of_pad_is_advice_and_under_2_mm_is_replace() -> None:
    pad = POINTS["front_brake_pad"]
    assert propose_grade(pad, 2.9) == Grade.WATCH
    assert propose_grade(pad, 2.0) == Grade.WATCH
    assert propose_grade(pad, 1.9) == Grade.REPLACE
    assert any(in_range(2.9, one) for one in pad["advise_now_within_watch"]["ranges"])


@pytest.mark.parametrize("point", MEASURED, ids=lambda point: point["id"])
def test_what_only_the_trade_says_is_never_a_replace(point: dict[str, Any]) -> None:
    if point["limit_by"] == "shop":
        assert point["thresholds"]["replace"] == []
        assert point["advise_now_within_watch"]["ranges"]
    else:
        assert point["limit_source"]["kind"] in ("national_standard", "maker_usual", "official_notice")
        assert point["thresholds"]["replace"]


def test_every_limit_names_its_source_and_how_sure_we_are() -> None:
    sources = {source["id"] for source in INSPECTION["sources"]}
    for point in INSPECTION["points"]:
        source = point["limit_source"]
        assert source["text"]["zh"], point["id"]
        assert source["confidence"] in ("verified", "usual", "practice"), point["id"]
        assert set(source["sources"]) <= sources, point["id"]
        assert source["sources"] or source["confidence"] != "verified", point["id"]


def test_every_reference_of_the_inspection_resolves() -> None:
    for point in INSPECTION["points"]:
        where = point["id"]
        assert point["zone"] in {zone["id"] for zone in INSPECTION["zones"]}, where
        assert set(point["positions"]) <= set(INSPECTION["positions"]), where
        assert point["unit"] is None or point["unit"] in INSPECTION["units"], where
        assert set(point["related_points"]) <= set(POINTS) - {where}, where
        assert set(point["suggested_by_position"]) <= set(point["positions"]), where
        for operations in (point["suggested_operations"], *point["suggested_by_position"].values()):
            assert operations, where
            assert set(operations) <= OPERATION_IDS, where


def test_every_reference_of_rules_codes_and_lists_resolves() -> None:
    for rule in INSPECTION["targeted_rules"]:
        assert set(rule["check_points"]) <= set(POINTS), rule["id"]
        assert set(rule["suggested_operations"]) <= OPERATION_IDS, rule["id"]
    for one in (*INSPECTION["finding_codes"], *(i for row in INSPECTION["check_lists"] for i in row["items"])):
        assert set(one.get("points", ())) <= set(POINTS), one["id"]
    for alias, row in OPERATIONS["synonyms"].items():
        assert {row["operation"], *row["alternatives"]} <= OPERATION_IDS, alias
        assert alias not in OPERATION_IDS


def test_one_word_for_each_class_of_service_powertrain_and_system() -> None:
    classes = {row["id"] for row in OPERATIONS["service_classes"]}
    systems = {row["id"] for row in OPERATIONS["systems"]}
    powertrains = {row["id"] for row in starter("vehicles")["meta"]["powertrains"]}
    assert {name for row in INSPECTION["check_lists"] for name in row["applies_to_class"]} <= {*classes, "all"}
    assert {name for row in INSPECTION["work_warranty"]["classes"] for name in row["service_classes"]} <= classes
    assert {name for point in INSPECTION["points"] for name in point["applies_to"]} == powertrains
    assert {name for rule in INSPECTION["targeted_rules"] for name in rule["match"]["powertrain"] or ()} <= powertrains
    phrases = starter("phrases")
    for row in (*phrases["jargon"], *phrases["benefits"], *starter("knowledge")["articles"]):
        assert row["system"] in systems, row["id"]


@pytest.mark.rule("R-CORE-29")
def test_every_class_of_work_has_its_quality_list() -> None:
    listed = {name for row in INSPECTION["check_lists"] for name in row["applies_to_class"]}
    assert {row["service_class"] for row in OPERATIONS["operations"]} <= listed


def test_a_look_holds_only_what_one_glance_covers() -> None:
    general = {point["id"]: point for point in GENERAL}
    looks = [(zone, look) for zone in general_template()["zones"] for look in zone["looks"]]
    assert len(looks) >= 12
    for zone, look in looks:
        assert len(look["points"]) >= 2, look["id"]
        assert all(general[one]["zone"] == zone["id"] and general[one]["unit"] is None for one in look["points"])
    once = Counter(one for _, look in looks for one in look["points"])
    assert max(once.values()) == 1


@pytest.mark.parametrize("point", [one for one in GENERAL if one["kind"] == "measured"], ids=lambda point: point["id"])
def test_the_keypad_can_hold_every_boundary_of_the_point(point: dict[str, Any]) -> None:
    digits = point["digits"]
    assert 1 <= digits["int"] + digits["dec"] <= 4
    assert round(point["input"]["step"] * 10 ** digits["dec"], 9) >= 1
    if point["compare"]["mode"] == "absolute":
        for bound in (one for grade in point["thresholds"].values() for row in grade for one in row.values()):
            assert abs(bound) < 10 ** digits["int"]
            assert round(bound, digits["dec"]) == bound


@pytest.mark.parametrize("point", GENERAL, ids=lambda point: point["id"])
def test_every_point_of_the_list_has_its_two_drawings(point: dict[str, Any]) -> None:
    static = FOLDER.parent / "static"
    good, bad = (static / point["good_picture"]).read_text("utf-8"), (static / point["bad_picture"]).read_text("utf-8")
    assert good.startswith("<svg")
    assert bad.startswith("<svg")
    assert good != bad
    assert "<text" not in good + bad


@pytest.mark.rule("R-CORE-20")
@pytest.mark.parametrize("point", INSPECTION["points"], ids=lambda point: point["id"])
def test_the_customers_sentences_hold_no_banned_word_and_no_jargon(point: dict[str, Any]) -> None:
    banned = INSPECTION["wording"]["banned_in_customer_text"]
    for sentence in customer_sentences(point):
        for tongue in ("zh", "en"):
            assert not [word for word in banned[tongue] if word.lower() in sentence[tongue].lower()]
        assert not list(forbidden_spans(sentence["zh"], starter("phrases")["forbidden"]))
        assert len(sentence["zh"]) <= 60


@pytest.mark.parametrize("point", INSPECTION["points"], ids=lambda point: point["id"])
def test_a_measured_point_tells_value_and_limit_and_a_position_is_named(point: dict[str, Any]) -> None:
    assert set(point["customer"]["saw"]) == ({"all"} if point["kind"] == "measured" else {"watch", "replace"})
    for saw in point["customer"]["saw"].values():
        for tongue in ("zh", "en"):
            blanks = set(re.findall(r"{(\w+)}", saw[tongue]))
            assert blanks <= {"position", "value", "limit", "spec"}
            assert point["kind"] == "observed" or {"value", "limit"} <= blanks
            assert ("position" in blanks) == bool(point["positions"])


def test_what_is_safety_relevant_may_not_wait() -> None:
    for point in INSPECTION["points"]:
        wait = point["customer"]["can_wait"]["replace"]["text"]["zh"]
        assert wait == "不能等" or not point["safety_critical"], point["id"]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_every_text_is_there_in_chinese_and_english(name: str) -> None:
    for place, text in texts(starter(name)):
        assert text["zh"].strip(), place
        if "en" in text:
            assert text["en"].strip(), place
            assert not re.search(r"[\u4e00-\u9fff]", text["en"].replace("您", "")), place


def test_every_point_speaks_both_languages() -> None:
    for point in INSPECTION["points"]:
        assert all("en" in text for _, text in texts(point)), point["id"]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_chinese_texts_use_full_width_punctuation(name: str) -> None:
    for place, text in texts(starter(name)):
        if "/forbidden/" not in place and "pattern" not in place:
            assert not HALF_WIDTH.search(text["zh"]), f"{place}: {text['zh']}"


def test_no_file_names_a_place_of_a_machine() -> None:
    for path in FOLDER.glob("*.json"):
        assert not re.search(r"/(work|tmp|root|home|usr|var)/", path.read_text("utf-8")), path.name


def test_every_kind_of_content_has_rows_with_ids_of_their_own() -> None:
    rows = list(content_rows(STORE_ID))
    assert set(KINDS) <= {row["kind"] for row in rows}
    assert max(Counter((row["kind"], row["id"]) for row in rows).values()) == 1
