"""Chromium as the five users hold it, and axe over what they see."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
         "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SCREENS: dict[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 1180, "height": 820}, "has_touch": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
</fontconfig>
"""
AXE = """async () => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error("axe took more than a minute")), 60_000));
  const found = await Promise.race([axe.run(document, { resultTypes: ["violations"] }), late]);
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(" ")}: ${n.failureSummary}`));
}"""


def chromium(playwright: Playwright) -> str:
    """The browser of this machine; none is a failure, not a skip."""
    named = os.environ.get("MINGDAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    found = named or (own if Path(own).exists() else None)
    if found is None:
        raise RuntimeError("No Chromium found. Install one (apt-get install chromium), or set MINGDAN_CHROMIUM to its path.")
    return found


def font_environment(folder: Path) -> dict[str, str]:
    """The machine's fonts and our own two beside them, so that 汉字 are drawn on every machine."""
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(fonts=ROOT / ".setup" / "fonts", cache=folder / "font-cache"), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def axe_violations(page: Page) -> list[str]:
    """What axe-core objects to on the page as it stands; run by the debugger, so the strict policy holds."""
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(AXE)
    return found
