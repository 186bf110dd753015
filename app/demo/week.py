"""Load the demo: people and content, three hundred files, two years of visits, and the week that is going on."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app import content_store
from app.demo.files import make_files
from app.demo.now import Week
from app.demo.past import make_past
from app.demo.people import PASSWORD, STAFF, make_people
from app.demo.pictures_box import PictureBox
from app.demo.visit import Crew
from app.models.database import Database
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.settings import Settings
from app.storage import FileStore

SEED = 20261120
FILES = 320


def load(settings: Settings, *, now: datetime | None = None, files: int = FILES) -> int:
    """Fill an empty database; a filled one is left alone. The same moment gives the same shop."""
    database = Database(settings.url)
    now = (now or datetime.now(UTC)).replace(second=0, microsecond=0)
    chance = random.Random(SEED)  # noqa: S311
    with database.writing() as db:
        if db.scalar(select(Store.id).limit(1)):
            return 0
        store, people = make_people(db, at=now - timedelta(days=800))
        content_store.load(db, store, now - timedelta(days=800))
        pictures, crews = PictureBox(FileStore(settings)), crews_of(people)
        cars = make_files(db, store, people["linxiao"], count=files, first_on=now - timedelta(days=760), chance=chance)
        make_past(db, store, cars, crews, pictures, clerk=people["linxiao"], now=now - timedelta(days=9), chance=chance)
        Week(db, store, cars, crews, pictures, now=now, chance=chance).make()
    return 0


def crews_of(people: dict[str, Staff]) -> list[Crew]:
    """Two advisors with their technicians, one inspector for all."""
    common = {"inspector": people["hewei"], "reviewer": people["lijianguo"], "cashier": people["qianli"]}
    return [
        Crew(people["zhoumin"], (people["liuzhiqiang"], people["mawentao"]), **common),
        Crew(people["suting"], (people["chenzhiqiang"], people["mawentao"]), **common),
    ]


def log_ins() -> list[str]:
    """Lines for the terminal: who may log in as what."""
    return [f"  {username:<14}{PASSWORD:<14}{name} ({', '.join(roles)})" for username, name, _phone, roles in STAFF]
