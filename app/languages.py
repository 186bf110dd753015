"""The languages of the interface: English sources, 简体中文 by catalogue, 繁體 converted from it (decision 12)."""

from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import opencc
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
DEFAULT = "zh_CN"

language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def catalogue_files() -> Iterator[Path]:
    """One catalogue a department."""
    yield from sorted((LOCALE / "zh_CN").glob("*.po"))


@cache
def simplified() -> dict[str, str]:
    """Every translated sentence of every department."""
    words: dict[str, str] = {}
    for path in catalogue_files():
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if isinstance(message.id, str) and message.id and message.string:
                    words[message.id] = str(message.string)
    return words


@cache
def converter() -> opencc.OpenCC:
    """Simplified to Taiwan's traditional characters and phrases."""
    return opencc.OpenCC("s2twp")


@cache
def traditional(text: str) -> str:
    """A simplified sentence in traditional characters."""
    return str(converter().convert(text))


def translate(message: str, to: str | None = None) -> str:
    """The sentence in the person's language; an unknown one stays English."""
    wanted = to or language.get()
    if wanted == "en" or not message:
        return message
    text = simplified().get(message, message)
    return traditional(text) if wanted == "zh_TW" else text


def sentence(message: str, facts: dict[str, Any] | None = None, to: str | None = None) -> str:
    """A translated sentence with its blanks filled; facts that are words of the shop are translated too."""
    text = translate(message, to)
    if not facts:
        return text
    return text % {key: translate(value, to) if isinstance(value, str) else value for key, value in facts.items()}


def name_of(thing: Any, to: str | None = None) -> str:
    """`name_zh` or `name_en`, `title_zh` or `title_en`, whichever the person reads; Chinese where English is missing."""
    wanted = to or language.get()
    suffix = "en" if wanted == "en" else "zh"
    read = thing.get if isinstance(thing, dict) else lambda key: getattr(thing, key, None)
    for stem in ("name", "title", "series"):
        text = read(f"{stem}_{suffix}") or read(f"{stem}_zh")  # type: ignore[no-untyped-call]
        if text:
            return traditional(text) if wanted == "zh_TW" else str(text)
    return ""


def say(texts: dict[str, str] | None, to: str | None = None) -> str:
    """The right side of a `{zh, en}` pair from the content files."""
    if not texts:
        return ""
    wanted = to or language.get()
    text = texts.get("en") if wanted == "en" else texts.get("zh")
    text = text or texts.get("zh") or ""
    return traditional(text) if wanted == "zh_TW" else text


def placed(position: dict[str, str] | None, name: dict[str, str] | None, to: str | None = None) -> str:
    """A point with its place on the car, front and rear said once: 左前 and 前刹车片厚度 are 左前刹车片厚度."""
    where, what = say(position, to), say(name, to)
    if not where or not what:
        return where + what
    if (to or language.get()) == "en":
        what = what.removeprefix("Front ").removeprefix("Rear ")
        return f"{where[0].upper()}{where[1:]} {what if what[1:2].isupper() else what[0].lower() + what[1:]}"
    return where + (what[1:] if what[0] in "前后" and where.endswith(what[0]) else what)
