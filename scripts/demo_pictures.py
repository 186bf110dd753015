"""Draw the demo's stand-in photographs again: each SVG of app/demo/pictures as a JPEG beside it (needs Chromium)."""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "app" / "demo" / "pictures"


def main() -> None:
    """One browser, one page, every picture."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 1200})
        for source in sorted(PICTURES.glob("*.svg")):
            page.set_content(f"<style>*{{margin:0}}svg{{width:1600px;height:1200px;display:block}}</style>{source.read_text()}")
            page.eval_on_selector("svg", "s => s.setAttribute('preserveAspectRatio', 'xMidYMid slice')")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.save(source.with_suffix(".jpg"), quality=80, optimize=True, progressive=True)
        browser.close()


if __name__ == "__main__":
    main()
