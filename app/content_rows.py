"""The starter content of `app/content/` as rows of a store's tables."""

import json
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from pypinyin import Style, lazy_pinyin

from app.domain.workshop.catalogue import spoken

FOLDER = Path(__file__).parent / "content"
Rows = Iterable[dict[str, Any]]

# kind of ContentItem → file and the list in it
KINDS: dict[str, tuple[str, str]] = {
    "jargon": ("phrases", "jargon"),
    "forbidden": ("phrases", "forbidden"),
    "benefit": ("phrases", "benefits"),
    "symptom": ("symptoms", "symptoms"),
    "must_pass": ("phrases", "must_pass"),
    "contract_forbidden": ("phrases", "contract_forbidden"),
    "targeted_rule": ("inspection", "targeted_rules"),
    "check_list": ("inspection", "check_lists"),
    "finding_code": ("inspection", "finding_codes"),
    "free_check_group": ("inspection", "free_check_groups"),
    "source": ("inspection", "sources"),
    "point": ("inspection", "points"),
    "standard_of_service": ("inspection", "standard_of_service"),
    "work_warranty": ("inspection", "work_warranty"),
    "business_line": ("operations", "lines"),
    "trade": ("operations", "trades"),
    "system": ("operations", "systems"),
    "service_class": ("operations", "service_classes"),
    "skill": ("operations", "skills"),
    "exclusion_kind": ("operations", "exclusion_kinds"),
    "payer_rate": ("rates", "payer_rates"),
    "tax": ("rates", "tax"),
    "rate_setting": ("rates", "settings"),
    "floor": ("rates", "floors"),
    "discount_limit": ("rates", "discount_limits"),
    "package": ("packages", "packages"),
    "gift": ("packages", "gifts"),
    "legal_text": ("legal_texts", "texts"),
    "script": ("scripts", "scripts"),
    "objection": ("scripts", "objections"),
    "letter": ("letters", "letters"),
    "message_text": ("letters", "messages"),
    "survey": ("survey", ""),
    "article": ("knowledge", "articles"),
    "placeholder": ("placeholders", "placeholders"),
    "customer_type": ("complaints", "customer_types"),
    "complaint_step": ("complaints", "steps"),
    "complaint_section": ("complaints", "form_sections"),
    "cause_of_difficulty": ("complaints", "causes_of_difficulty"),
    "cause_factor": ("complaints", "cause_factors"),
    "remedy": ("complaints", "compensation_kinds"),
    "rule_of_thumb": ("complaints", "rules_of_thumb"),
}
IN_TEMPLATE = ("zones", "free_check_groups", "positions", "units", "specs", "grades", "default_sentences")


@cache
def starter(name: str) -> dict[str, Any]:
    """One file of the starter content, read once."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


def initials(name: str) -> str:
    """前刹车片 as `qscp`: what a hurried person types."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(letter for letter in "".join(letters).lower() if letter.isalnum())


def typed(name: str) -> str:
    """The initials of a trade name and of what people say for it, so that `scp` finds 制动片."""
    return " ".join(dict.fromkeys((initials(name), initials(spoken(name)))))


def series_rows() -> Rows:
    """The car series, their facts beside the columns that lists need."""
    columns = ("id", "brand_zh", "brand_en", "series_zh", "series_en", "maker_zh", "vehicle_class", "body",
               "powertrain")
    for row in starter("vehicles")["vehicles"]:
        yield {
            **{name: row[name] for name in columns},
            "service_interval_km": row["service_interval"]["km"],
            "service_interval_months": row["service_interval"]["months"],
            "facts": _rest(row, columns),
        }


def operation_rows(store_id: UUID) -> Rows:
    """The labour operations of a store."""
    catalogue = starter("operations")
    columns = ("id", "name_zh", "name_en", "trade", "system", "service_class", "hours_x100", "default_payer")
    for row in catalogue["operations"]:
        yield {
            **{name: row[name] for name in columns},
            "store_id": store_id,
            "initials": typed(row["name_zh"]),
            "business_line": row["line"],
            "is_safety": row["safety_relevant"],
            "care_programme": row["id"] if row["id"] in catalogue["care_programmes"] else "",
            "facts": _rest(row, (*columns, "line", "safety_relevant")),
            "is_active": True,
        }


def alias_rows(store_id: UUID) -> Rows:
    """Other ids for the same work."""
    for alias, row in starter("operations")["synonyms"].items():
        yield {
            "store_id": store_id,
            "alias": alias,
            "operation_id": row["operation"],
            "alternatives": row["alternatives"],
            "choose_zh": row["choose_zh"] or "",
        }


def part_rows(store_id: UUID) -> Rows:
    """Parts, oils, care products and accessories of a store."""
    columns = ("id", "family", "part_no", "name_zh", "name_en", "category", "part_class", "unit_zh", "list_price_fen",
               "cost_fen", "stock", "supplier_lead_days", "is_consumable", "fits")
    for row in starter("parts")["parts"]:
        yield {
            **{name: row[name] for name in columns},
            "store_id": store_id,
            "facts": _rest(row, columns),
            "is_active": True,
        }


def rate_rows(store_id: UUID) -> Rows:
    """What an hour of each trade costs."""
    for row in starter("rates")["labour_rates"]:
        yield {
            "store_id": store_id,
            "trade": row["trade"],
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "rate_fen": row["fen_per_hour"],
            "cost_fen": row["internal_cost_fen_per_hour"],
        }


def content_rows(store_id: UUID) -> Rows:
    """Everything kept as its file holds it."""
    for kind, (name, part) in KINDS.items():
        yield from _items(store_id, kind, starter(name)[part] if part else starter(name))
    yield from _items(store_id, "microcopy", list(chain(*starter("microcopy")["groups"].values())))
    yield from _items(store_id, "discount_reason", starter("scripts")["discount"]["reasons"])
    yield from _items(store_id, "discount_reply", starter("scripts")["discount"]["reply_lines"])
    yield from _items(store_id, "inspection_wording", starter("inspection")["wording"])


def _items(store_id: UUID, kind: str, found: Any) -> Rows:
    for position, one in enumerate(found if isinstance(found, list) else [found]):
        content = one if isinstance(one, dict) else {"text": one}
        yield {
            "store_id": store_id,
            "kind": kind,
            "id": _item_id(kind, content, position),
            "position": position,
            "content": content,
        }


def _item_id(kind: str, content: dict[str, Any], position: int) -> str:
    names = ("id", "key", "name", "payer", "role", "line")
    named = next((content[name] for name in names if isinstance(content.get(name), str)), None)
    return named or f"{kind}_{position + 1}"


def _rest(row: dict[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in set(columns)}


def general_template() -> dict[str, Any]:
    """The points of the whole-car check, with all they refer to: what a phone needs to work alone."""
    content = starter("inspection")
    points = [point for point in content["points"] if point["in_general_template"]]
    zones = {point["zone"] for point in points}
    return {
        **{name: content[name] for name in IN_TEMPLATE},
        "zones": [zone for zone in content["zones"] if zone["id"] in zones],
        "points": points,
    }
