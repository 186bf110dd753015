"""`make shots`: a picture of every page and paper of the demo at its user's size, light and dark, into shots/."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from app.models.database import Database
from app.settings import Settings
from app.storage import FileStore
from tests.journeys.browsers import FLAGS, chromium, font_environment
from tests.journeys.doors import Doors
from tests.journeys.pages import PAGES, Shown
from tests.journeys.running import ROOT, Server, command
from tests.journeys.subjects import documents

SHOTS = ROOT / "shots"


def main(wanted: list[str]) -> None:
    """Draw all, or those whose name holds one of the words."""
    pages = [page for page in PAGES if not wanted or any(word in page.name for word in wanted)]
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        command(server.var, "migrate")
        command(server.var, "demo")
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium(playwright), args=FLAGS, env=font_environment(server.var)
                )
                draw(browser, server, pages)
            draw_papers(Settings(var=server.var))
        finally:
            server.stop()
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS.name}/")


def draw(browser: Browser, server: Server, pages: list[Shown]) -> None:
    """Every page, light and dark."""
    SHOTS.mkdir(exist_ok=True)
    doors = Doors(browser, server)
    for shown in pages:
        try:
            page = doors.page(shown)
        except KeyError as missing:
            print(f"{shown.name}: the demo has no {missing}")
            continue
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=SHOTS / f"{shown.name}-{shown.screen}-{scheme}.png")
        page.close()
    doors.close()


def draw_papers(settings: Settings) -> None:
    """The first page of one finished paper of each kind, where poppler is installed."""
    with Database(settings.url, pool_size=1).reading() as db:
        found = documents(db)
    for kind, digest in found.items():
        pdf = settings.var / f"{kind}.pdf"
        pdf.write_bytes(FileStore(settings).get(digest))
        subprocess.run(["pdftoppm", "-png", "-r", "90", str(pdf), str(SHOTS / f"paper-{kind}")], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
