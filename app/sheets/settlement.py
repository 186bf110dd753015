"""机动车维修费用结算清单: the confirmed list, labour and material apart, each beside the paper that agreed it."""

from typing import Any

from app.models.office.settlement import Settlement
from app.models.office.store import Store
from app.sheets.frozen import Frozen, thaw
from app.sheets.sheet import Desk, Sheet, store_of


def sheet(desk: Desk) -> Sheet:
    """All of it from the frozen list; only the payments are rows, for they come after it."""
    settlement = desk.db.get_one(Settlement, desk.document.subject_id)
    content = thaw(settlement.payload)
    return Sheet(
        template="documents/settlement.html",
        store=store_of(content, desk.db.get_one(Store, settlement.store_id)),
        version_no=1,
        context={
            "content": content, "payments": settlement.payments, "parts": part_rows(content),
            "cheaper": [line for line in content["lines"] or [] if line["less_fen"]],
            "rates": sorted({line["rate_fen"] for line in content["lines"] or [] if line["rate_fen"]}),
        },
        evidence={"content": thaw(settlement.payload), "content_sha256": settlement.content_sha256,
                  "confirmed_at": settlement.confirmed_at},
    )


def part_rows(content: Frozen) -> list[dict[str, Any]]:
    """Every part of every charged line, with the basis of its line."""
    return [{"part": part, "basis": line["basis"]} for line in content["lines"] or [] for part in line["parts"]]
