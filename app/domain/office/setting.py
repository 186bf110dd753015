"""Settings a store may choose, with the house default of each (requirements, last table)."""

from typing import Any

DEFAULTS: dict[str, Any] = {
    "estimate_valid_hours": 24,  # silent point 18: link expiry 24 hours
    "approved_amount_tolerance_fen": 0,  # D R4(d)
    "add_on_rounds_before_release": 2,  # AE-070: the third needs the supervisor
    "first_follow_up_target_days": 3,  # R-CRM-2
    "first_follow_up_days": [3, 7],
    "second_follow_up_days": [7, 14],
    "free_check_minutes": 30,  # C-06
    "shop_network": [],  # CIDR blocks of the shop's own Wi-Fi, for the evidence page
    "inspection_interval_months": 12,
}
