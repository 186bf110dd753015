"""The form of a file: what each field may hold, and the questions that come back instead of a lost page."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import Faults, Invalid
from app.domain.reception.customer import read_name, read_phone, refuse_duplicate
from app.domain.reception.reception import CHANNELS
from app.domain.reception.vehicle import folded, plate_kind, read_plate, read_vin
from app.models.reception.customer import Customer
from app.models.reception.vehicle import Vehicle

PERSON_FIELDS = ("name", "title", "kind", "phone", "second_phone", "address", "contact_channel", "contact_time",
                 "language", "source", "wishes")
TITLES = ("", "先生", "女士")
KINDS = ("person", "company")
LANGUAGES = ("zh_CN", "zh_TW", "en")


@dataclass(frozen=True)
class Entries:
    """A readable form."""

    customer: dict[str, Any]
    vehicle: dict[str, Any]


def values_from(q: str) -> dict[str, str]:
    """What was searched for, in the field it belongs to: plate, phone, VIN or name."""
    text = q.strip()
    plain = folded(text)
    if plain.isdigit() and len(plain) >= 4:
        return {"phone": plain}
    if len(plain) == 17:
        return {"vin": plain}
    is_plate_like = bool(plate_kind(plain)) or (bool(re.search(r"\d", plain)) and len(plain) <= 8)
    return {"plate": plain} if is_plate_like else {"name": text} if text else {}


def digits(text: str) -> str:
    """A phone as it is kept, or empty where it can't be read."""
    try:
        return read_phone(text)
    except Invalid:
        return ""


class Reader:
    """Reads fields one by one and remembers every fault, so that the page names them all at once."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data
        self.faults: list[Invalid] = []

    def text(self, name: str, longest: int = 200) -> str:
        """A plain field."""
        return unicodedata.normalize("NFC", self.data.get(name, "")).strip()[:longest]

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in self.data

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """A choice; anything else is the first."""
        value = self.data.get(name, "")
        return value if value in known else known[0]

    def read(self, function: Callable[[], Any], otherwise: Any = None) -> Any:
        """What a rule makes of a field, or its fault."""
        try:
            return function()
        except Invalid as fault:
            self.faults.append(fault)
            return otherwise

    def day(self, name: str, today: date) -> date | None:
        """A day in the past, or none."""
        text = self.text(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Invalid(name, "%(text)s is no day. Write it like 2024-05-31.", text=text) from None
        if day > today:
            raise Invalid(name, "This day lies in the future.")
        return day

    def km(self, name: str) -> int:
        """A mileage, or nought where none was given."""
        text = re.sub(r"[\s,，km公里]", "", unicodedata.normalize("NFKC", self.data.get(name, "")).lower())
        if not text:
            return 0
        if not text.isascii() or not text.isdigit() or int(text) > 2_000_000:
            raise Invalid(name, "Please read the odometer again: %(km)s km can't be right.", km=text)
        return int(text)

    def refuse(self) -> None:
        """Give the faults to the page, if there are any."""
        if self.faults:
            raise Faults(self.faults)


def read(data: Mapping[str, str], *, others: Sequence[Customer], known_vehicle: Vehicle | None, today: date) -> Entries:
    """A customer and their car, or all faults of both."""
    faults: list[Invalid] = []
    found: list[dict[str, Any]] = []
    readers: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: read_person(data, others=others), lambda: read_vehicle(data, known=known_vehicle, today=today))
    for function in readers:
        try:
            found.append(function())
        except Faults as refusal:
            faults += refusal.faults
    if faults:
        raise Faults(faults)
    return Entries(*found)


def read_person(data: Mapping[str, str], *, others: Sequence[Customer]) -> dict[str, Any]:
    """The person's fields."""
    form = Reader(data)
    name = form.read(lambda: read_name(data.get("name", "")), "")
    phone = form.read(lambda: read_phone(data.get("phone", "")), "")
    second = form.read(lambda: read_phone(data["second_phone"]) if form.text("second_phone") else "", "")
    form.read(lambda: refuse_duplicate(others, name, confirmed=form.ticked("phone_is_shared")))
    form.refuse()
    return {
        "name": name, "phone": phone, "second_phone": second, "title": form.one_of("title", TITLES),
        "kind": form.one_of("kind", KINDS), "language": form.one_of("language", LANGUAGES),
        "contact_channel": form.one_of("contact_channel", CHANNELS), "address": form.text("address"),
        "contact_time": form.text("contact_time", 40), "source": form.text("source", 40), "wishes": form.text("wishes"),
        "agrees_to_marketing": form.ticked("agrees_to_marketing"),
    }


def read_vehicle(data: Mapping[str, str], *, known: Vehicle | None, today: date) -> dict[str, Any]:
    """The car's fields; a plate that is in another file is a question."""
    form = Reader(data)
    facts = {
        "plate": form.read(lambda: read_plate(data.get("plate", "")), ""),
        "vin": form.read(lambda: read_vin(data.get("vin", ""), confirmed=form.ticked("vin_confirmed")), ""),
        "mileage_km": form.read(lambda: form.km("mileage_km"), 0),
        "registered_on": form.read(lambda: form.day("registered_on", today)),
        "purchased_on": form.read(lambda: form.day("purchased_on", today)),
    }
    form.read(lambda: refuse_known_plate(known, confirmed=form.ticked("owner_changed")))
    form.refuse()
    return {**facts, "series_id": form.text("series_id") or None, "model_name": form.text("model_name", 80),
            "colour": form.text("colour", 20), "engine_no": form.text("engine_no", 30)}


def refuse_known_plate(known: Vehicle | None, *, confirmed: bool) -> None:
    """One car has one file: the same plate is the same car, perhaps sold."""
    if known and not confirmed:
        raise Invalid("plate", "This plate is in the file of %(name)s. Was the car sold? Then tick the box; its history "
                      "comes along.", confirm="owner_changed", name=known.owner.name)
