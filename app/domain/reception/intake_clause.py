"""The clauses of the repair contract with their blanks filled and their boxes ticked, as the customer reads them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

BLANK = "____"
BOX, TICKED = "□", "■"
PLACE = re.compile(r"\{(\w+)\}")
OLD_PARTS_WORDS = {"take": ("带走", "taken"), "see_first": ("看过后放弃", "waived after seeing"),
                   "leave": ("看过后放弃", "waived after seeing")}
CHANNEL_WORDS = {"phone": ("电话",), "sms": ("短信",), "wechat": ("微信",)}


def concerns(clause_id: str, *, sender_relation: str) -> bool:
    """Whether a clause has anything to say here: an owner who signs in person needs no limit for a driver."""
    return clause_id != "authorised_person" or sender_relation != "owner"


def filled(clauses: Iterable[Mapping[str, Any]], facts: Mapping[str, Mapping[str, str]],
           ticks: Iterable[str]) -> list[dict[str, Any]]:
    """Clauses as `{id, text: {zh, en}, conspicuous}`; a blank nobody filled stays a line to see."""
    marked = list(ticks)
    return [
        {"id": clause["id"], "conspicuous": bool(clause.get("conspicuous")),
         "text": {language: ticked(text_of(clause["text"][language], facts[language]), marked)
                  for language in ("zh", "en")}}
        for clause in clauses
    ]


def text_of(text: str, facts: Mapping[str, str]) -> str:
    """A clause with its places filled."""
    return PLACE.sub(lambda place: facts.get(place[1]) or BLANK, text)


def ticked(text: str, words: Iterable[str]) -> str:
    """The boxes before these words filled."""
    for word in words:
        text = re.sub(rf"{BOX}(\s?{re.escape(word)})(?=[\s\u3000。；]|$)", rf"{TICKED}\1", text)
    return text


def ticks(*, old_parts: str, channel: str, test_drive: bool | None, clause_id: str) -> list[str]:
    """The words to tick in one clause."""
    if clause_id == "old_parts":
        return list(OLD_PARTS_WORDS.get(old_parts, ()))
    if clause_id == "contact":
        return list(CHANNEL_WORDS.get(channel, ()))
    if clause_id == "test_drive" and test_drive is not None:
        return ["同意", "agree"] if test_drive else ["不同意", "disagree"]
    return []
