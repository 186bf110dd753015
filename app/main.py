"""create_app: the only place that wires anything."""

import asyncio
import gc
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.plugins.htmx import HTMXPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from markupsafe import Markup

from app.events import Hub
from app.messages import PostOffice
from app.models.changes import tell_after_commit
from app.models.database import Database
from app.models.reception.folding import fold, spellings
from app.models.workshop.timeline import open_timeline
from app.papers import PaperMill
from app.routes import all_routes
from app.routes.bay import bay_tree
from app.routes.dependencies import DEPENDENCIES, form_token
from app.routes.headers import secure
from app.routes.office.departments import departments_for
from app.routes.refusals import HANDLERS
from app.routes.sync.enrolment import Doorkeeper
from app.routes.turns import Turns
from app.settings import Settings
from app.static_files import Tree
from app.storage import FileStore
from app.templating import make_environment
from app.ticks import Job, Ticker

STATIC = Path(__file__).parent / "static"
GARBAGE = (20_000, 20, 20)  # a page makes some thousand objects and leaves none of them behind in circles


def create_app(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> Litestar:
    """The whole application over one database and one file store."""
    quiet_logs()
    database = Database(settings.url)
    hub = Hub()
    tell_after_commit(database, hub)
    static = Tree("/static", [(STATIC, "")], settings.var / "published")
    bay = bay_tree(settings, STATIC)
    environment = make_environment(is_development=settings.is_development)
    mill = PaperMill(settings, database)
    post_office = PostOffice(settings, database, clock=clock)
    jobs = [Job("messages", timedelta(seconds=30), post_office.wake), Job("papers", timedelta(minutes=1), mill.wake)]
    ticker = Ticker(database, jobs, clock=clock)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        hub.attach(asyncio.get_running_loop())
        open_timeline(database, clock() if clock else datetime.now(UTC))
        mill.open()
        post_office.open()
        ticker.open()
        if clock is None:  # a server lives long and what it started with never dies; a test's house is torn down
            gc.collect()
            gc.freeze()
            gc.set_threshold(10_000, 20, 50)
        yield
        hub.close()
        ticker.close()
        post_office.close()
        mill.close()
        app.state.turns.enders.shutdown()
        database.close()

    app = Litestar(
        route_handlers=[static.handler(), bay.handler(), *all_routes(settings)],
        dependencies=DEPENDENCIES,
        exception_handlers=HANDLERS,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment)),
        plugins=[HTMXPlugin()],
        lifespan=[lifespan],
        before_send=[secure(settings)],
        request_max_body_size=12_000_000,
        openapi_config=None,
        debug=False,
        logging_config=None,
    )
    app.state.update(
        settings=settings, database=database, hub=hub, static=static, bay=bay, clock=clock, mill=mill,
        post_office=post_office, doorkeeper=Doorkeeper(), turns=Turns(database),
        files=FileStore(settings), instance=secrets.token_hex(4), environment=environment,
    )
    environment.globals.update(page_globals(app))
    return app


def page_globals(app: Litestar) -> dict[str, Any]:
    """What every template may name."""
    return {
        "static": app.state.static.url,
        "url": lru_cache(8_192)(app.route_reverse),
        "form_token": form_token,
        "sprite": sprite,
        "departments_for": departments_for,
        "is_development": app.state.settings.is_development,
    }


def warm_up() -> None:
    """What the first search would wait for is loaded, and what stays for ever is no longer looked through for garbage."""
    spellings(fold("明单"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@cache
def sprite() -> Markup:
    """Every icon of the house, as the set-up made them."""
    return Markup((STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8"))  # noqa: S704


def quiet_logs() -> None:
    """One line a fault, no bodies, no tokens, and no chatter of the PDF libraries."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("weasyprint", "fontTools", "httpx", "alembic", "pyhanko", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
