"""Texts as search compares them: half-width, simplified, lower case, without separators (A-22)."""

import re
import unicodedata
from functools import cache

import opencc
from pypinyin import Style, pinyin

SEPARATORS = re.compile(r"[\s·•・.\-—_/()]")
SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "查": "z", "区": "o", "尉": "y", "朴": "p", "翟": "z", "乐": "y",
    "缪": "m", "覃": "q", "盖": "g", "员": "y", "种": "c", "冼": "x", "任": "r", "繁": "p", "秘": "b", "黑": "h",
}  # read otherwise as a surname than in the dictionary


@cache
def converter() -> opencc.OpenCC:
    """Traditional to simplified characters."""
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """`浙Ａ·７K35M` and `浙a7k35m` are one; so are 瀋雨桐 and 沈雨桐."""
    plain = unicodedata.normalize("NFKC", text)
    return SEPARATORS.sub("", str(converter().convert(plain))).lower()


def spellings(name: str) -> list[str]:
    """Pinyin initials of a name; a surname read unlike the word comes first: 单 is s, then d."""
    letters = [row[0].lower() for row in pinyin(name, style=Style.FIRST_LETTER, errors=_first_letters) if row[0]]
    usual = "".join(letters)
    surname = SURNAMES.get(name[:1])
    return list(dict.fromkeys(filter(None, ((surname + "".join(letters[1:])) if surname else "", usual))))


def _first_letters(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", text) if word[0].isascii())


def suffixes(text: str, *, shortest: int, longest: int = 40) -> set[str]:
    """Every tail of a text: with these, the start of a tail finds any part of it."""
    return {text[start:] for start in range(len(text)) if shortest <= len(text) - start <= longest}
