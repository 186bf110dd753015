"""How each kind of user comes in: staff by the log-in, the customer by a link, the technician by six digits."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.approval import capability_link as link_rules
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate
from app.models.base import new_id
from app.models.database import Database
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.workshop.device import EnrolCode
from app.models.workshop.inspection import Inspection
from app.security import new_token, sha256
from app.settings import Settings
from tests.journeys import story_bay, story_customer
from tests.journeys.browsers import SCREENS
from tests.journeys.conftest import log_in
from tests.journeys.pages import Shown
from tests.journeys.running import Server
from tests.journeys.subjects import subjects

OPEN = select(Estimate).where(Estimate.status == "published").order_by(Estimate.made_at.desc())
DECIDED = select(Estimate).where(Estimate.status == "decided").order_by(Estimate.made_at.desc())
INSPECTED = (
    select(Assignment.technician_id, RepairOrder.store_id)
    .join(RepairOrder, RepairOrder.id == Assignment.repair_order_id)
    .join(Inspection, Inspection.repair_order_id == RepairOrder.id)
    .where(Inspection.finished_at.is_(None))
)


class Doors:
    """One browser for each user and screen, come in once; `page` opens what a row of the table says."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server, self.inside = browser, server, dict[tuple[str, str, str], BrowserContext]()
        self.database = Database(Settings(var=server.var).url, pool_size=2)
        with self.database.reading() as db:
            self.words = subjects(db)
        self.words["link"] = self.issued(OPEN)[0]

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.inside.values():
            context.close()
        self.database.close()

    def page(self, shown: Shown, scheme: str = "light", listen: Callable[[ConsoleMessage], None] | None = None) -> Page:
        """The row's page, opened by its user; `listen` hears the console."""
        key = (shown.user, shown.door, shown.screen)
        if key not in self.inside:
            self.inside[key] = self.entered(shown)
        page = self.inside[key].new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if listen:
            page.on("console", listen)
        page.goto(shown.path.format(**self.words))
        for pressed in shown.press:
            page.locator(pressed).first.click()
        if shown.awaits:
            expect(page.locator(shown.awaits).first).to_be_visible()
        return page

    def entered(self, shown: Shown) -> BrowserContext:
        """A browser whose user is in."""
        context = self.browser.new_context(base_url=self.server.url, locale="zh-CN", timezone_id="Asia/Shanghai",
                                           reduced_motion="reduce", **SCREENS[shown.screen])
        context.set_default_timeout(15_000)
        if shown.user or shown.door:
            page = context.new_page()
            if shown.user:
                log_in(page, shown.user, shared=shown.screen == "tablet")
            if shown.door:
                DOORS[shown.door](self, page)
            page.close()
        return context

    def guest(self, page: Page, estimate: Select[tuple[Estimate]] = OPEN) -> str:
        """Opened the link, gave no digits yet; the phone number they are of."""
        token, phone = self.issued(estimate)
        story_customer.open_link(page, f"/a/{token}", [])
        return phone

    def customer(self, page: Page) -> None:
        """Looks at the cards, nothing chosen."""
        story_customer.identify(page, self.guest(page))
        expect(page.locator("#line1")).to_be_visible()

    def chooser(self, page: Page) -> None:
        """Has answered every line: yes, later, and no for the rest."""
        self.customer(page)
        for n, line in enumerate(page.locator("article.line").all()):
            line.locator(f"input[value={('yes', 'later', 'no')[min(n, 2)]}]").check(force=True)
            for tick in line.locator("input[name^=aware]:visible").all():
                tick.check()
        story_customer.check(page)

    def decided(self, page: Page) -> None:
        """Comes back to see what was agreed."""
        story_customer.identify(page, self.guest(page, DECIDED))

    def technician(self, page: Page) -> None:
        """The phone of the one whose inspection is open."""
        story_bay.enrol(page, self.offered())

    def issued(self, which: Select[tuple[Estimate]]) -> tuple[str, str]:
        """A link to an estimate of the demo and the phone it is for; the demo's own secrets are nobody's."""
        at, token = datetime.now(UTC), new_token(16)
        with self.database.writing() as db:
            estimate = db.scalars(which.limit(1)).one()
            customer = estimate.repair_order.customer
            link = CapabilityLink(store_id=estimate.store_id, estimate=estimate, customer=customer, channel="copy",
                                  purpose="decide", phone=customer.phone, failed_checks=0, token_sha256=sha256(token),
                                  issued_at=at, expires_at=at + link_rules.LIFE)
            db.add(link)
            return token, customer.phone

    def offered(self) -> str:
        """Six digits for that phone."""
        digits, at = f"{secrets.randbelow(10**6):06}", datetime.now(UTC)
        with self.database.writing() as db:
            db.add(code_for(db, digits, at))
        return digits


def code_for(db: Session, digits: str, at: datetime) -> EnrolCode:
    """An enrolment code as the desk's page makes it."""
    technician, store = db.execute(INSPECTED.limit(1)).one()
    return EnrolCode(id=new_id(), store_id=store, staff_id=technician, made_by_id=technician, made_at=at,
                     expires_at=at + timedelta(minutes=10), code_sha256=sha256(digits))


DOORS: dict[str, Callable[[Doors, Page], Any]] = {
    "guest": Doors.guest, "customer": Doors.customer, "chooser": Doors.chooser, "decided": Doors.decided,
    "technician": Doors.technician,
}
