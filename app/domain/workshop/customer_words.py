"""What a customer reads of a finding: what we saw, what happens if it waits, what we would do, how long it can wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.workshop.inspection import Grade, compared, in_range

UNKNOWN = "____"  # never guessed: an unknown figure stays a blank


@dataclass(frozen=True)
class Sentences:
    """The three sentences of a card, how long it can wait, and the shop's advice where the law is still kept."""

    saw: str
    if_waits: str = ""
    we_would_do: str = ""
    can_wait: str = ""
    advice: str = ""


def sentences(
    point: Mapping[str, Any],
    template: Mapping[str, Any],
    *,
    grade: Grade,
    language: str,
    value: float | None = None,
    position: str = "",
    spec: float | None = None,
    reason: str = "",
) -> Sentences:
    """The words for one finding in `zh` or `en`, filled from the point and from this car's own figures (R-CORE-20)."""
    blanks = filled_blanks(point, template, value=value, position=position, spec=spec, language=language)
    if grade in (Grade.GOOD, Grade.NOT_CHECKED):
        key = "not_checked" if grade == Grade.NOT_CHECKED else "good_measured" if value is not None else "good_observed"
        return Sentences(saw=fill(template["default_sentences"][key][language], {**blanks, "reason": reason}))
    words = point["customer"]
    saw = words["saw"].get("all") or words["saw"][grade.value]
    return Sentences(
        saw=fill(saw[language], blanks),
        if_waits=fill(words["if_waits"][language], blanks),
        we_would_do=fill(words["we_would_do"][language], blanks),
        can_wait=words["can_wait"][grade.value]["text"][language],
        advice=advice(point, value, spec, language) if grade == Grade.WATCH else "",
    )


def filled_blanks(
    point: Mapping[str, Any],
    template: Mapping[str, Any],
    *,
    value: float | None,
    position: str,
    spec: float | None,
    language: str,
) -> dict[str, str]:
    """The words that go into the blanks of a point's sentences."""
    place = template["positions"].get(position, {}).get(language, "")
    name = point["name"][language]
    return {
        "position": place,
        "name": f"{place}{name}" if language == "zh" else f"{place} {name[0].lower()}{name[1:]}" if place else name,
        "value": figure(value, point),
        "limit": limit_shown(point, spec),
        "spec": figure(spec, point),
        "unit": unit_shown(point, template, language),
    }


def unit_shown(point: Mapping[str, Any], template: Mapping[str, Any], language: str) -> str:
    """毫米 on a Chinese page, mm on an English one; nothing where nothing is measured."""
    return str(template["units"][point["unit"]][language]) if point.get("unit") else ""


def fill(sentence: str, blanks: Mapping[str, str]) -> str:
    """Put the words in, and begin an English sentence with a capital."""
    text = sentence.format_map(blanks).strip()
    return text[:1].upper() + text[1:]


def figure(value: float | None, point: Mapping[str, Any]) -> str:
    """A value with as many decimals as the point is measured with: `2.0`, `310`."""
    if value is None:
        return UNKNOWN
    return f"{value:.{(point.get('digits') or {}).get('dec', 0)}f}"


def limit_shown(point: Mapping[str, Any], spec: float | None) -> str:
    """The limit for this car in the unit the value is in; `200~300` where there are two ends."""
    ends = [bound for bound in (point["limit"]["low"], point["limit"]["high"]) if bound is not None]
    return "~".join(figure(limit_of_car(point, bound, spec), point) for bound in ends) or UNKNOWN


def limit_of_car(point: Mapping[str, Any], bound: float, spec: float | None) -> float | None:
    """A bound of the template as a figure of this car: itself, a share of the car's figure, or so far from it."""
    mode = (point.get("compare") or {}).get("mode", "absolute")
    if mode == "absolute":
        return bound
    if spec is None:
        return None
    return spec * bound / 100 if mode == "percent_of_spec" else spec + bound


def advice(point: Mapping[str, Any], value: float | None, spec: float | None, language: str) -> str:
    """What the shop advises though the limit is not reached: 3 mm of pad is advice, 2 mm the limit (decision 24)."""
    advised = point.get("advise_now_within_watch")
    shown = compared(point, value, spec) if advised and value is not None else None
    if advised is None or shown is None or not any(in_range(shown, bounds) for bounds in advised["ranges"]):
        return ""
    return str(advised["text"][language])


def spec_of_car(point: Mapping[str, Any], specs: Mapping[str, Any], position: str) -> float | None:
    """The car's own figure a point is judged by, of this position (`tyre_placard_pressure|FL`) or of the whole car."""
    name = (point.get("compare") or {}).get("spec")
    found = specs.get(f"{name}|{position}", specs.get(name)) if name else None
    return None if found is None else float(found)
