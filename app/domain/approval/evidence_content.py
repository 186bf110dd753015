"""What a frozen line shows of its finding: value against limit, the scale, the photos, the counts of the check."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.domain.workshop.customer_words import advice, limit_of_car, limit_shown, spec_of_car
from app.domain.workshop.inspection import Grade

if TYPE_CHECKING:
    from app.models.workshop.inspection import Finding, Inspection
    from app.models.workshop.photo import Photo

BY_SHOP = "shop"
COUNTED = ("good", "watch", "replace", "not_checked")


def moment(at: datetime | None) -> str | None:
    """A time as frozen content holds it: `2026-11-21T10:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def x1000(value: float | None) -> int | None:
    """A measured figure in thousandths; frozen content holds no floats."""
    return None if value is None else round(value * 1000)


def point_of(finding: "Finding") -> Mapping[str, Any] | None:
    """The point of the list a finding stands at; None for a finding outside the list."""
    points: list[dict[str, Any]] = finding.inspection.template.content["points"]
    return next((point for point in points if point["id"] == finding.point_id), None)


def evidence(finding: "Finding | None", photos: Iterable["Photo"], *, first_number: int) -> dict[str, Any]:
    """The fields of a line that come from its finding; all empty where there is none."""
    shown = [photo for photo in photos if photo.blob_sha256]
    common: dict[str, Any] = {
        "photos": [photo_content(photo, number) for number, photo in enumerate(shown, first_number)],
        "state": finding.grade.value if finding else "",
        "found_by": finding.taken_by.name if finding and finding.taken_by else "",
        "found_at": moment(finding.taken_at) if finding else None,
        "value_x1000": x1000(finding.value) if finding else None,
        "unit": finding.unit if finding else "",
    }
    point = point_of(finding) if finding else None
    return {**common, **(limits(finding, point) if finding and point else NO_LIMITS)}


NO_LIMITS: dict[str, Any] = {"point": None, "limit": None, "scale": None, "limit_source": None, "is_shop_advice": False,
                             "advice": None}


def limits(finding: "Finding", point: Mapping[str, Any]) -> dict[str, Any]:
    """The point's name, its limit for this car, where the limit comes from, and the scale to draw."""
    template = finding.inspection.template.content
    spec = spec_of_car(point, finding.inspection.specs, finding.position)
    low, high = (None if bound is None else limit_of_car(point, bound, spec)
                 for bound in (point["limit"]["low"], point["limit"]["high"]))
    words = {to: advice(point, finding.value, spec, to) for to in ("zh", "en")} if finding.grade == Grade.WATCH else {}
    is_measured = point["kind"] == "measured"
    return {
        "point": {"id": point["id"], "name": point["name"],
                  "position": template["positions"].get(finding.position, {"zh": "", "en": ""})},
        "limit": {"text": point["limit"]["text"], "shown": limit_shown(point, spec) if is_measured else "",
                  "low_x1000": x1000(low), "high_x1000": x1000(high)},
        "scale": scale(point, finding.value, spec) if is_measured else None,
        "limit_source": point["limit_source"]["text"],
        "is_shop_advice": point.get("limit_by") == BY_SHOP or bool(words.get("zh")),
        "advice": words if words.get("zh") else None,
    }


def scale(point: Mapping[str, Any], value: float | None, spec: float | None) -> dict[str, Any] | None:
    """Where the three states lie along the instrument's range around this car's limits; None when no limit is known."""
    zones = [(state, *ends(point, bounds, spec)) for state in ("replace", "watch", "good")
             for bounds in point["thresholds"][state]]
    edges = [end for _state, low, high in zones for end in (low, high) if end is not None]
    if not edges or value is None:
        return None
    margin = (max(edges) - min(edges)) or abs(max(edges)) / 2 or 1
    lowest, highest = instrument(point)
    low = max(lowest, min(*edges, value, min(edges) - margin))
    high = min(highest, max(*edges, value, max(edges) + margin))
    rows = [{"state": state, "from_x1000": x1000(max(low, low if start is None else start)),
             "to_x1000": x1000(min(high, high if end is None else end))} for state, start, end in zones]
    watch = next((row for row in rows if row["state"] == "watch"), None)
    return {"min_x1000": x1000(low), "max_x1000": x1000(high), "watch_x1000": watch and watch["to_x1000"],
            "zones": sorted(rows, key=lambda row: (row["from_x1000"], row["to_x1000"]))}


def instrument(point: Mapping[str, Any]) -> tuple[float, float]:
    """The range the tool can show."""
    given = point.get("input") or {}
    lowest, highest = given.get("min"), given.get("max")
    return (float("-inf") if lowest is None else lowest), (float("inf") if highest is None else highest)


def ends(
    point: Mapping[str, Any], bounds: Mapping[str, float], spec: float | None
) -> tuple[float | None, float | None]:
    """The two ends of one range as figures of this car."""
    low, high = bounds.get("gte", bounds.get("gt")), bounds.get("lte", bounds.get("lt"))
    return (None if low is None else limit_of_car(point, low, spec),
            None if high is None else limit_of_car(point, high, spec))


def photo_content(photo: "Photo", number: int) -> dict[str, Any]:
    """One picture by its bytes' hash, with the technician's marks as whole numbers."""
    return {"id": str(photo.id), "sha256": photo.blob_sha256, "thumb_sha256": photo.thumb_sha256, "number": number,
            "taken_at": moment(photo.taken_at), "taken_by": getattr(getattr(photo, "taken_by", None), "name", ""),
            "marks": whole(photo.marks)}


def whole(value: Any) -> Any:
    """The same with every float as ten-thousandths, so that the marks of a picture can be frozen."""
    if isinstance(value, float):
        return round(value * 10_000)
    if isinstance(value, dict):
        return {key: whole(child) for key, child in value.items()}
    return [whole(child) for child in value] if isinstance(value, list) else value


def checked(inspections: Iterable["Inspection"], powertrain: str) -> dict[str, Any]:
    """How many points were good, to watch, to replace and not checked, in all and by zone; nobody's silence is good."""
    zones: dict[str, dict[str, Any]] = {}
    for inspection in inspections:
        content = inspection.template.content
        names = {zone["id"]: zone["name"] for zone in content["zones"]}
        worst = worst_by_point(inspection.findings)
        for point in content["points"]:
            if applies(point, powertrain):
                zone = zones.setdefault(point["zone"], {"zone": point["zone"], "name": names[point["zone"]],
                                                        **dict.fromkeys(COUNTED, 0)})
                zone[worst.get(point["id"], Grade.NOT_CHECKED).value] += 1
    rows = list(zones.values())
    return {**{grade: sum(row[grade] for row in rows) for grade in COUNTED}, "zones": rows}


def worst_by_point(findings: Iterable["Finding"]) -> dict[str, Grade]:
    """A point measured at four wheels counts once, by the worst of them."""
    worst: dict[str, Grade] = {}
    for finding in findings:
        if finding.grade.severity >= worst.get(finding.point_id, Grade.NOT_CHECKED).severity:
            worst[finding.point_id] = finding.grade
    return worst


def applies(point: Mapping[str, Any], powertrain: str) -> bool:
    """Whether a point is on this car at all; an unknown drive keeps every point."""
    return not powertrain or powertrain in point["applies_to"]
