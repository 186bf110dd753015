"""A vehicle's plate (号牌) and VIN (车辆识别代号): reading them as people type them, and doubting them politely."""

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.errors import Invalid
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.customer import Customer
    from app.models.reception.vehicle import OdometerReading, Vehicle

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ORDINARY = re.compile(rf"^[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]$")
SMALL_NEW_ENERGY = re.compile(rf"^[{PROVINCES}][A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9]\d{{4}}$")
LARGE_NEW_ENERGY = re.compile(rf"^[{PROVINCES}][A-HJ-NP-Z]\d{{5}}[A-HJK]$")
VIN = re.compile(r"^[A-HJ-NPR-Z0-9]{17}$")
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
                  strict=True))


def folded(text: str) -> str:
    """Half-width, upper case, without spaces and separators: how plates and VINs are compared (A-22)."""
    return re.sub(r"[\s·•・.\-—_]", "", unicodedata.normalize("NFKC", text)).upper()


def plate_kind(plate: str) -> str:
    """Green for the eight places of a new-energy car, blue for seven; empty when it is no plate."""
    if SMALL_NEW_ENERGY.match(plate) or LARGE_NEW_ENERGY.match(plate):
        return "green"
    return "blue" if ORDINARY.match(plate) else ""


def read_plate(text: str) -> str:
    """The plate as it is kept: `浙a·7k35m` is `浙A7K35M`."""
    plate = folded(text)
    if not plate_kind(plate):
        raise Invalid("plate", "%(plate)s does not look like a plate: province, letter, then 5 places, "
                      "6 for a new-energy car.", plate=text.strip() or "—")
    return plate


def shown_plate(plate: str) -> str:
    """`浙A7K35M` as `浙A·7K35M`."""
    return f"{plate[:2]}·{plate[2:]}" if plate_kind(plate) else plate


def check_digit(vin: str) -> str:
    """The ninth place as the other sixteen demand it (GB 16735)."""
    total = sum(weight * (int(c) if c.isdigit() else VALUES[c]) for weight, c in zip(WEIGHTS, vin, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def read_vin(text: str, *, confirmed: bool = False) -> str:
    """The VIN as it is kept; a wrong check digit is a question, since not every maker keeps to it."""
    vin = folded(text)
    if not vin:
        return ""
    if not VIN.match(vin):
        raise Invalid("vin", "A VIN has 17 places, without I, O and Q; this one has %(count)s.", count=len(vin))
    if check_digit(vin) != vin[8] and not confirmed:
        raise Invalid("vin", "The check digit of this VIN does not fit. Compare it with the car once more.",
                      confirm="vin_confirmed")
    return vin


def register(vehicle: "Vehicle", *, by: Actor, at: datetime) -> None:
    """Put a car into the books."""
    vehicle.plate_kind = plate_kind(vehicle.plate)
    vehicle.made_at = at
    vehicle.note("vehicle.registered", by=by, at=at, plate=vehicle.plate)


def change_owner(vehicle: "Vehicle", owner: "Customer", *, by: Actor, at: datetime) -> None:
    """The car was sold; its history stays with it."""
    before = vehicle.owner.name
    vehicle.owner = owner
    vehicle.note("vehicle.owner_changed", by=by, at=at, plate=vehicle.plate, before=before, after=owner.name)


def keep_reading(vehicle: "Vehicle", reading: "OdometerReading") -> None:
    """The odometer as it was read at the desk, from which the next service is told; part of the verb that signs."""
    vehicle.mileage_km = reading.km
    vehicle.readings.append(reading)
