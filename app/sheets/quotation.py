"""报价单: one frozen version of an estimate, before the customer decides."""

from typing import Any

from app.models.approval.estimate import EstimateVersion
from app.models.office.store import Store
from app.sheets.drawing import scale_of
from app.sheets.frozen import Frozen, thaw
from app.sheets.sheet import Desk, Sheet, store_of, with_presence


def sheet(desk: Desk) -> Sheet:
    """The version with its photos, sentences, values, prices and times."""
    version = desk.db.get_one(EstimateVersion, desk.document.subject_id)
    content = thaw(version.payload)
    return Sheet(
        template="documents/quotation.html",
        store=store_of(content, desk.db.get_one(Store, version.store_id)),
        version_no=version.version_no,
        context={"content": content, "lines": shown_lines(content, desk), "photos": all_photos(content),
                 "rates": rates(content), "sums": sums(content)},
        evidence={"content": thaw(version.payload), "content_sha256": version.content_sha256},
    )


def shown_lines(content: Frozen, desk: Desk) -> list[Frozen]:
    """Each line with its bar drawn and its photos checked for presence."""
    lines: list[Frozen] = content["lines"] or []
    for line in lines:
        line["bar"] = scale_of(line)
        with_presence(line["photos"] or [], desk.has_file)
        for photo in line["photos"] or []:
            photo["of"] = line
    return lines


def all_photos(content: Frozen) -> list[dict[str, Any]]:
    """The photos of all lines, as they are numbered."""
    return [photo for line in content["lines"] or [] for photo in line["photos"] or []]


def rates(content: Frozen) -> list[int]:
    """The labour rates that occur, in fen an hour."""
    return sorted({line["rate_fen"] for line in content["lines"] or [] if line["rate_fen"]})


def sums(content: Frozen) -> dict[str, int]:
    """What the lines come to, by labour, parts and discount; in fen."""
    lines = content["lines"] or []
    return {name: sum(line[name] or 0 for line in lines) for name in ("labour_fen", "parts_fen", "discount_fen")}
