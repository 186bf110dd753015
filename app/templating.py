"""The jinja2 environment: filters for money, plates, phones and times in local form, and words in the person's language."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app import languages
from app.domain.errors import Refusal
from app.domain.money import capital, yuan
from app.domain.reception.customer import masked_phone
from app.domain.reception.vehicle import shown_plate
from app.domain.sentences import SENTENCES
from app.translated_templates import Sentences, TranslatedEnvironment, gettext, icon, ngettext

TEMPLATES = Path(__file__).parent / "templates"
NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def make_environment(*, is_development: bool = False) -> Environment:
    """The one environment of pages, fragments and papers; in development a changed template is read again."""
    environment = TranslatedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Sentences, "jinja2.ext.do"],
        auto_reload=is_development,
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.filters.update(
        yuan=yuan, capital=capital, plate=shown_plate, masked=masked_phone, say=languages.say, name=languages.name_of,
        sentence=languages.sentence, placed=languages.placed,
        moment=moment, clock=clock, day=day, long_moment=long_moment, hours=hours, quantity=quantity, km=km,
        event=event_sentence, minutes_since=minutes_since, word=word, figure=figure,
        refusal=refusal_sentence, told=languages.sentence, time_left=time_left,
    )
    environment.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, icon=icon)
    environment.globals.update(languages=languages.LANGUAGES, language=lambda: languages.language.get())
    return environment


def zone_of(context: Context) -> ZoneInfo:
    """The store's zone, Shanghai where no store is known."""
    return ZoneInfo(context.get("time_zone") or "Asia/Shanghai")


@pass_context
def clock(context: Context, at: datetime | None) -> str:
    """`16:30` in the store's zone."""
    return at.astimezone(zone_of(context)).strftime("%H:%M") if at else ""


@pass_context
def moment(context: Context, at: datetime | None) -> str:
    """`今天 16:30`, `昨天 09:12`, `11 月 20 日 16:30`, with the year when it is another one."""
    if at is None:
        return ""
    zone = zone_of(context)
    local = at.astimezone(zone)
    return f"{day_words(local.date(), today_of(context.get('now'), zone))} {local.hour:02}:{local.minute:02}"


@lru_cache(64)
def today_of(now: datetime | None, zone: ZoneInfo) -> date | None:
    """The day it is in that zone; asked for every time on a page."""
    return now.astimezone(zone).date() if now else None


@pass_context
def day(context: Context, value: date | datetime | None) -> str:
    """A day as people say it."""
    if value is None:
        return ""
    zone = zone_of(context)
    value = value.astimezone(zone).date() if isinstance(value, datetime) else value
    return day_words(value, today_of(context.get("now"), zone))


def day_words(value: date, today: date | None) -> str:
    """今天, 明天, 昨天, else month and day, with the year when it is another one."""
    near = NEAR.get((value - today).days) if today else None
    if near:
        return languages.translate(near)
    if languages.language.get() == "en":
        return value.strftime("%-d %b" if today and today.year == value.year else "%-d %b %Y")
    text = f"{value.month} 月 {value.day} 日"
    return text if today and today.year == value.year else f"{value.year} 年 {text}"


@pass_context
def long_moment(context: Context, at: datetime | None) -> str:
    """`2026年11月21日 16:30`, for paper."""
    if at is None:
        return languages.translate("not recorded")
    local = at.astimezone(zone_of(context))
    if languages.language.get() == "en":
        return local.strftime("%-d %B %Y, %H:%M")
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@pass_context
def minutes_since(context: Context, at: datetime | None) -> int:
    """Whole minutes from then to now."""
    return max(0, int((context["now"] - at).total_seconds() // 60)) if at else 0


def time_left(left: timedelta) -> str:
    """`还有 3 小时 44 分`, `还有 14 分`."""
    hours_left, minutes = divmod(max(0, int(left.total_seconds() // 60)), 60)
    if not hours_left:
        return languages.sentence("%(minutes)s min left", {"minutes": minutes})
    return languages.sentence("%(hours)s h %(minutes)s min left", {"hours": hours_left, "minutes": minutes})


def hours(x100: int) -> str:
    """`120` as `1.2`."""
    return f"{x100 / 100:.2f}".rstrip("0").rstrip(".")


def quantity(x100: int) -> str:
    """`400` as `4`."""
    return hours(x100)


def figure(value: float | None) -> str:
    """A measured value without needless zeros: `2.4`."""
    return "" if value is None else f"{value:g}"


def km(value: int | None) -> str:
    """`58,210`."""
    return "" if value is None else f"{value:,}"


def word(code: str) -> str:
    """A code of the shop as its word; a status first under its kind, as one code may mean two things at two desks."""
    return word_in(languages.language.get(), type(code), code)


@lru_cache(4_096)
def word_in(language: str, sort: type, code: str) -> str:
    """The word in that language; `sort` keeps apart codes that are written alike."""
    kind = f"{sort.__name__}.{code}"
    if isinstance(code, StrEnum) and languages.translate(kind, to="zh_CN") != kind:
        return languages.translate(kind, to=language) if language != "en" else code.value.replace("_", " ")
    found = languages.translate(str(code), to=language)
    return found.replace("_", " ") if found == code and " " not in found else found


@pass_context
def event_sentence(context: Context, line: Any) -> str:
    """A line of history as a sentence; its `time` as people say it."""
    facts = dict(line.facts)
    if time := facts.get("time"):
        facts["time"] = moment(context, datetime.fromisoformat(time))
    return languages.sentence(SENTENCES[line.event], facts)


def refusal_sentence(refusal: Refusal) -> str:
    """What a refusal says, in the person's language."""
    return languages.sentence(refusal.message, refusal.facts)
