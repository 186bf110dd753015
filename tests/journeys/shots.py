"""`make shots`: a picture of every page and paper of the demo at its user's size, light and dark, into shots/."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from app.models.database import Database
from app.settings import Settings
from app.storage import FileStore
from tests.journeys.browsers import FLAGS, SCREENS, chromium, font_environment
from tests.journeys.conftest import log_in
from tests.journeys.pages import PAGES, Shown
from tests.journeys.running import ROOT, Server, command
from tests.journeys.subjects import documents, subjects

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
    """Every page, light and dark; one log-in a user, screen and scheme."""
    SHOTS.mkdir(exist_ok=True)
    words = words_of(server)
    for scheme in ("light", "dark"):
        contexts: dict[tuple[str, str], BrowserContext] = {}
        for shown in pages:
            try:
                path = shown.path.format(**words)
            except KeyError as missing:
                print(f"{shown.name}: the demo has no {missing}")
                continue
            key = (shown.user, shown.screen)
            if key not in contexts:
                contexts[key] = opened(browser, server, shown, scheme)
            page = contexts[key].new_page()
            page.goto(path)
            page.screenshot(path=SHOTS / f"{shown.name}-{shown.screen}-{scheme}.png")
            page.close()
        for context in contexts.values():
            context.close()


def opened(browser: Browser, server: Server, shown: Shown, scheme: str) -> BrowserContext:
    """A browser in which the page's user is logged in."""
    context = browser.new_context(base_url=server.url, locale="zh-CN", timezone_id="Asia/Shanghai",
                                  color_scheme=scheme, **SCREENS[shown.screen])  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    if shown.user:
        page = log_in(context.new_page(), shown.user, shared=shown.screen == "tablet")
        page.close()
    return context


def words_of(server: Server) -> dict[str, str]:
    """What the paths are filled with."""
    with Database(Settings(var=server.var).url, pool_size=1).reading() as db:
        return subjects(db)


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
