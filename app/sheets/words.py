"""How times, codes and blanks read on paper: filters of the mill's templates."""

import re
from datetime import datetime
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app import languages
from app.sheets.frozen import check_digits, time_of
from app.templating import long_moment, zone_of

MARKS = {"replace": "■", "watch": "▲", "good": "●", "not_checked": "○"}
PLATE_KINDS = {"blue": "blue plate", "green": "green plate", "yellow": "yellow plate", "black": "black plate",
               "white": "white plate"}
CLASSES = {"genuine": "genuine part", "equivalent": "equivalent part", "remanufactured": "remanufactured part"}
UNITS = {"件": "pc", "只": "pc", "个": "pc", "副": "set", "套": "set", "支": "pc", "条": "pc", "片": "pc", "桶": "can",
         "瓶": "bottle", "升": "L", "对": "pair", "根": "pc", "块": "pc", "张": "pc", "米": "m", "颗": "pc"}
RELATIONS = {"owner": "the owner in person", "driver": "driver sent by the owner", "agent": "agent of the owner",
             "contact": "contact of the company"}
ZONES = {
    "bumper_front": "front bumper", "bonnet": "bonnet", "windscreen": "windscreen", "roof": "roof",
    "rear_window": "rear window", "boot": "boot lid", "bumper_rear": "rear bumper", "door_fl": "left front door",
    "door_rl": "left rear door", "door_fr": "right front door", "door_rr": "right rear door",
    "wing_fl": "left front wing", "wing_rl": "left rear wing", "wing_fr": "right front wing",
    "wing_rr": "right rear wing", "wheel_fl": "left front wheel", "wheel_rl": "left rear wheel",
    "wheel_fr": "right front wheel", "wheel_rr": "right rear wheel",
}


CHANNELS = {"link": "link on the customer's own phone", "tablet": "tablet in the shop", "phone": "phone call",
            "paper": "signature on print"}
LEVELS = {"L1": "link", "L2": "link + last digits of the phone", "L3": "link + last digits + code by SMS",
          "T": "handwritten on the shop's tablet", "P": "agreed by phone, item by item",
          "W": "signed on paper, scanned"}
REASONS = {"price": "price", "not_now": "not needed now", "elsewhere": "done elsewhere", "family": "asks the family",
           "diagnosis": "not convinced by the finding", "other_payer": "insurer or maker pays"}
PAYERS = {"customer": "customer", "manufacturer_warranty": "manufacturer's warranty", "insurer": "insurer",
          "goodwill": "goodwill of the shop", "prepaid": "prepaid package", "internal": "the shop"}
SERVICE_CLASSES = {"minor_repair": "minor repair", "maintenance_1": "first-grade maintenance",
                   "maintenance_2": "second-grade maintenance", "assembly_repair": "assembly repair",
                   "complete_repair": "complete vehicle repair", "special": "special repair",
                   "first_maintenance": "first-grade maintenance", "second_maintenance": "second-grade maintenance",
                   "vehicle_repair": "complete vehicle repair", "special_repair": "special repair"}
OLD_PARTS = {"take": "the customer takes them", "leave": "given up by the customer",
             "see_first": "given up after seeing them", "": "not recorded"}
METHODS = {"wechat": "WeChat Pay", "alipay": "Alipay", "cash": "cash", "card": "bank card", "transfer": "transfer"}
DAMAGES = {"scratch": "scratch", "dent": "dent", "chip": "paint chip", "crack": "crack", "missing": "part missing"}
LAMPS = {"engine": "engine lamp", "tyre_pressure": "tyre pressure lamp", "oil": "oil lamp", "abs": "ABS lamp",
         "airbag": "airbag lamp", "battery": "battery lamp", "brake": "brake lamp", "coolant": "coolant lamp"}
OWN_DRAWING = re.compile(r"<svg [^<>]*>(?:</?g[^<>]*>|<path [^<>]*/>)*</svg>")
BOXES = {
    "□": Markup('<span class="box"></span>'),
    "■": Markup('<span class="box"><svg viewBox="0 0 10 10"><path d="M2 5.2L4.2 7.6L8.2 2.4" fill="none" '
                'stroke="#1b2327" stroke-width="1.6"/></svg></span>'),
}


def coded(words: dict[str, str]) -> Any:
    """A filter that says a code in the paper's language; an unknown code is said as itself."""
    return lambda code: languages.translate(words.get(str(code), str(code)))


def is_english() -> bool:
    """Whether the paper is printed in English."""
    return languages.language.get() == "en"


@pass_context
def paper_moment(context: Context, value: str | datetime | None) -> str:
    """`2026年11月21日 14:20`, or that it was not recorded."""
    return str(long_moment(context, time_of(value)))


@pass_context
def short_moment(context: Context, value: str | datetime | None) -> str:
    """`11月21日 14:20`."""
    at = time_of(value)
    if at is None:
        return languages.translate("not recorded")
    local = at.astimezone(zone_of(context))
    return f"{local:%-d %b %H:%M}" if is_english() else f"{local.month}月{local.day}日 {local:%H:%M}"


@pass_context
def stamp(context: Context, value: str | datetime | None) -> str:
    """`2026-11-21 15:08:26`, for evidence."""
    at = time_of(value)
    return f"{at.astimezone(zone_of(context)):%Y-%m-%d %H:%M:%S}" if at else languages.translate("not recorded")


@pass_context
def zone_name(context: Context, value: str | datetime | None) -> str:
    """`北京时间`, or the offset of another zone."""
    zone = zone_of(context)
    if zone.key in ("Asia/Shanghai", "PRC"):
        return languages.translate("Beijing time")
    at = time_of(value)
    return f"UTC{at.astimezone(zone):%z}" if at else zone.key


def recorded(value: Any) -> str:
    """The value, or 未记录: what was not recorded is never filled in afterwards."""
    return str(value) if value not in ("", None, [], {}) else languages.translate("not recorded")


def thousandths(value: int | None) -> str:
    """`2400` as `2.4`."""
    return f"{value / 1000:g}" if isinstance(value, int) else ""


def months(days: int | None) -> str:
    """A guarantee as people say it: whole years' thirds as months, else days."""
    days = days or 0
    if days and days % 365 == 0:
        return languages.translate("%(n)s months") % {"n": days // 365 * 12}
    if days and days % 30 == 0 and days > 30:
        return languages.translate("%(n)s months") % {"n": days // 30}
    return languages.translate("%(n)s days") % {"n": days}


def opened(numbers: Any, photos: list[dict[str, Any]]) -> str:
    """Which photos were enlarged, by number; the facts name them by number or id."""
    if not isinstance(numbers, list):
        return languages.translate("not recorded")
    by_id = {str(photo["id"]): photo["number"] for photo in photos}
    shown = sorted({str(by_id.get(str(one), one)) for one in numbers})
    return "、".join(shown) if shown else languages.translate("none")


def yes_no(value: Any) -> str:
    """是, 否 or 未记录."""
    words = {True: "yes", False: "no"}
    return languages.translate(words[value] if isinstance(value, bool) else "not recorded")


def counted(value: Any) -> int:
    """A number, or the length of a list."""
    return len(value) if isinstance(value, list) else int(value)


def seconds(milliseconds: int) -> str:
    """`6200` as `6.2`."""
    return f"{milliseconds / 1000:.1f}"


def drawn(svg: str) -> Markup:
    """A signature the server drew itself; anything else is not printed."""
    text = svg.strip()
    return Markup(text.replace("currentColor", "#1b2327")) if OWN_DRAWING.fullmatch(text) else Markup()  # noqa: S704


def boxed(text: str) -> Markup:
    """A clause with its boxes drawn: no Chinese font holds a ticked one."""
    result = escape(text)
    for character, picture in BOXES.items():
        result = Markup(result.replace(character, picture))  # noqa: S704
    return result


def said(value: Any) -> str:
    """A word of the shop, a `{zh, en}` pair, or what somebody typed."""
    if isinstance(value, dict):
        return languages.say(value) or str(value.get("name", ""))
    return languages.translate(str(value)) if value else ""


def unit(text: str) -> str:
    """The unit of a part."""
    return UNITS.get(text, text) if is_english() else text


def teach(environment: Environment) -> None:
    """Add the filters of paper."""
    environment.filters.update(
        paper_moment=paper_moment, short_moment=short_moment, stamp=stamp, zone_name=zone_name, recorded=recorded,
        thousandths=thousandths, months=months, unit=unit, check_digits=check_digits,
        mark=lambda state: MARKS.get(str(state), ""), part_class=coded(CLASSES), plate_kind=coded(PLATE_KINDS),
        relation=coded(RELATIONS), zone=coded(ZONES), channel=coded(CHANNELS), level=coded(LEVELS),
        reason=coded(REASONS), payer=coded(PAYERS), service_class=coded(SERVICE_CLASSES), old_parts=coded(OLD_PARTS),
        method=coded(METHODS), damage=coded(DAMAGES), lamp=coded(LAMPS), opened=opened, yes_no=yes_no,
        counted=counted, seconds=seconds, drawn=drawn, boxed=boxed, said=said,
    )
