"""`make bench`: the table of perf.md's goals, ours beside a bare route of the same stack, in one run."""

import argparse
import hashlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from app.models.base import new_id
from app.settings import Settings
from bench import people
from bench.client import Request, Round, Wire, run
from bench.dataset import built
from bench.servers import floor, product

Asks = Callable[[], Request] | Iterator[Request]


@dataclass
class Figure:
    """One row of the table: ours beside the floor's, and the goal as a ratio of requests a second."""

    goal: str
    work: str
    ours: list[Round]
    beside: list[Round]
    wanted: float

    @property
    def ratio(self) -> float:
        """Median of the paired ratios of requests a second."""
        return statistics.median(mine.per_second / theirs.per_second for mine, theirs in zip(self.ours, self.beside, strict=True))

    @property
    def p50(self) -> float:
        """Our median in milliseconds."""
        return statistics.median(one.p50 for one in self.ours)

    @property
    def p99(self) -> float:
        """Our slowest of a hundred, median over the rounds."""
        return statistics.median(one.p99 for one in self.ours)

    def row(self) -> dict[str, Any]:
        """As JSON."""
        return {"goal": self.goal, "work": self.work, "ours_p50_ms": round(self.p50, 2), "ours_p99_ms": round(self.p99, 2),
                "ours_per_second": round(statistics.median(one.per_second for one in self.ours), 1),
                "floor_per_second": round(statistics.median(one.per_second for one in self.beside), 1),
                "ratio": round(self.ratio, 3), "wanted": self.wanted, "met": self.ratio >= self.wanted}


class Bench:
    """Both servers, and rounds that alternate between them."""

    def __init__(self, ours: int, beside: int, *, rounds: int, seconds: float) -> None:
        self.ours, self.beside, self.rounds, self.seconds = ours, beside, rounds, seconds
        self.figures: list[Figure] = []

    def compare(self, goal: str, work: str, mine: Asks, theirs: Asks, wanted: float, *, expect: tuple[int, ...] = (200,)) -> None:
        """Alternate rounds of ours and the floor's."""
        ours, beside = [], []
        for ask, port, status in ((mine, self.ours, expect), (theirs, self.beside, (200, 201))):
            if callable(ask):
                run(port, ask, seconds=0.5, expect=status)
        for _ in range(self.rounds):
            ours.append(run(self.ours, mine, seconds=self.seconds, expect=expect))
            beside.append(run(self.beside, theirs, seconds=self.seconds, expect=(200, 201)))
        self.figures.append(Figure(goal, work, ours, beside, wanted))
        print_row(self.figures[-1].row())


def print_row(row: dict[str, Any]) -> None:
    """One line of the table."""
    mark = "ok" if row["met"] else "MISSED"
    print(f"{row['goal']:>4}  {row['work']:<44}{row['ours_p50_ms']:>9.2f}{row['ours_p99_ms']:>9.2f}{row['ours_per_second']:>10.1f}"
          f"{row['floor_per_second']:>10.1f}{row['ratio']:>8.2f}{row['wanted']:>8.2f}  {mark}", flush=True)


def pushes(user: UUID, device: UUID, cookie: str, order: UUID, checks: list[UUID], version: int) -> Iterator[Request]:
    """Batches of 100 readings at 100 places of a sheet, each batch another sheet, all of one phone's log."""
    looks = places()[:100]
    seq, previous = 0, None
    for check in itertools.cycle(checks):
        batch = []
        for item, position in looks:
            seq += 1
            mid = new_id()
            batch.append({"mid": str(mid), "seq": seq, "prev": str(previous) if previous else None, "type": "insp.item_set", "v": 1,
                          "stream": f"ro:{order}", "author": str(user), "base_rev": 0, "deps": [], "blobs": [],
                          "args": {"insp": str(check), "finding": str(new_id()), "item": item, "position": position,
                                   "rating": "good", "moment": "maintenance"},
                          "at_wall": datetime.now(UTC).isoformat(), "at_mono_ms": seq, "boot": "bench", "tmpl_v": version, "build": "bench"})
            previous = mid
        body = {"device_id": str(device), "build": "bench", "pending": {"mutations": 0, "blobs": 0, "oldest_at": None}, "mutations": batch}
        yield Request("POST", "/sync/push", {"Cookie": cookie, "X-Bay": "1", "Content-Type": "application/json"}, json.dumps(body).encode())


def places() -> list[tuple[str, str]]:
    """Every place of the general list, as point and position."""
    content = json.loads((Path("app/content/inspection.json")).read_text(encoding="utf-8"))
    points = [one for one in content["points"] if one["in_general_template"]]
    return [(one["id"], position) for one in points for position in (one["positions"] or [""])]


def floor_pushes() -> Iterator[Request]:
    """The same number of findings for the bare route."""
    while True:
        rows = [{"id": new_id().hex, "value": "good", "rev": 1} for _ in range(100)]
        yield Request("POST", "/push", {"Content-Type": "application/json"}, json.dumps(rows).encode())


def photos(path: str, headers: dict[str, str]) -> Iterator[Request]:
    """JPEGs of about 300 KB, each another one."""
    import io
    import random

    from PIL import Image

    chance = random.Random(2)
    base = Image.effect_noise((1600, 1200), 38).convert("RGB")
    out = io.BytesIO()
    base.save(out, "JPEG", quality=52)
    head = out.getvalue()
    for number in itertools.count():
        body = head[:-2] + b"\xff\xfe\x00\x0c" + f"{number:05d}".encode() + chance.randbytes(5) + head[-2:]
        yield Request("PUT", f"{path}/{hashlib.sha256(body).hexdigest()}", {**headers, "Content-Type": "image/jpeg"}, body)


def weigh(wire: Wire, guest: people.Guest) -> dict[str, int]:
    """The customer's page with all it names, photos left out, in bytes as they travel."""
    import gzip
    import re

    page = wire.ask(guest.portal()).body
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    texts = {name: wire.ask(Request("GET", name)).body for name in names if not name.endswith(".svg")}
    total = len(gzip.compress(page)) + sum(len(gzip.compress(body)) for body in texts.values())
    script = sum(len(gzip.compress(body)) for name, body in texts.items() if name.endswith(".js"))
    return {"requests": 1 + len(names), "gzip_bytes": total, "script_gzip_bytes": script, "html_bytes": len(page)}


def pdf_times(wire: Wire, guest: people.Guest, sign: Request) -> dict[str, float]:
    """From the signature to the signed PDF, then the same PDF again."""
    import re

    started = time.perf_counter()
    assert wire.ask(sign).status in (200, 201, 303)
    while True:
        page = wire.ask(Request("GET", "/a/s", {"Cookie": sign.headers["Cookie"]})).body.decode()
        found = re.search(r'/a/s/document/[0-9a-f-]+', page)
        if found:
            answer = wire.ask(Request("GET", found[0], {"Cookie": sign.headers["Cookie"]}))
            if answer.status == 200 and answer.body.startswith(b"%PDF"):
                break
        if time.perf_counter() - started > 60:
            raise RuntimeError("No PDF after a minute")
        time.sleep(0.02)
    made = (time.perf_counter() - started) * 1000
    again = run(int(os.environ["BENCH_PORT"]), lambda: Request("GET", found[0], {"Cookie": sign.headers["Cookie"]}), seconds=1)
    return {"sign_to_pdf_ms": round(made, 1), "cached_pdf_p50_ms": round(again.p50, 2), "pdf_bytes": len(answer.body)}


def main() -> int:
    """Build the store, measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--out", type=Path, default=Path("var/bench.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mingdan-bench-") as folder:
        report = measure(Path(folder), options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"\nWritten to {options.out}. {sum(not row['met'] for row in report['figures'])} goals missed.")
    return 0


def measure(folder: Path, options: Any) -> dict[str, Any]:
    """All of it in one run."""
    settings = Settings(var=folder / "var", secret="bench")
    database, counts, took = built(settings, orders=options.orders)
    print(f"Built {counts} in {took:.0f} s; {(folder / 'var' / 'mingdan.db').stat().st_size / 1e6:.0f} MB")
    tickets = iter(people.estimates(database, min(400, counts["vehicles"])))
    cookie = people.staff_cookie(database, "zhoumin")
    user, device, bay = people.phone(database, "liuzhiqiang")
    target = people.assigned_order(database, user)
    database.close()
    (folder / "floor").mkdir()
    os.environ["MINGDAN_SECRET"] = settings.secret
    with product(folder / "var") as ours, floor(folder / "floor", options.orders) as beside:
        os.environ["BENCH_PORT"] = str(ours.port)
        bench = Bench(ours.port, beside.port, rounds=options.rounds, seconds=options.seconds)
        wire = Wire(ours.port)
        guest = people.enter(wire, next(tickets))
        print(f"{'goal':>4}  {'work':<44}{'p50 ms':>9}{'p99 ms':>9}{'ours/s':>10}{'floor/s':>10}{'ratio':>8}{'wanted':>8}")
        pages(bench, guest, cookie, options.orders)
        writes(bench, wire, tickets, (user, device, bay), target)
        extra = {"weight": weigh(wire, guest), "pdf": pdf_times(wire, guest, people.ready_to_sign(wire, next(tickets)))}
        tails = {figure.work: round(figure.p99 / figure.p50, 2) for figure in bench.figures[:2]}
    print(f"Weight of the customer's page: {extra['weight']}\nPaper: {extra['pdf']}\np99/p50 (wanted ≤ 6): {tails}")
    return {"at": datetime.now(UTC).isoformat(), "python": sys.version.split()[0], "counts": counts, "tails": tails, **extra,
            "figures": [figure.row() for figure in bench.figures]}


def pages(bench: Bench, guest: people.Guest, cookie: str, orders: int) -> None:
    """What is read: goals 1, 3, 7, 8 and the search."""
    staff = {"Cookie": cookie}
    deep = deep_page(bench.ours, staff)
    bench.compare("1", "customer's page by token, 12 lines", guest.portal, lambda: Request("GET", "/portal/t5"), 0.35)
    bench.compare("3", "order list, 50 deep in the pages", lambda: Request("GET", deep, staff),
                  lambda: Request("GET", f"/list/{orders // 2}"), 0.4)
    plates = itertools.cycle(["浙A1", "138", "王", "LSV", "8888"])
    bench.compare("–", "search while typing (beside the bare list)", lambda: search(next(plates), staff),
                  lambda: Request("GET", f"/list/{orders // 2}"), 0.2)
    bench.compare("7", "log-in page", lambda: Request("GET", "/login"), lambda: Request("GET", "/login"), 0.25)
    bench.compare("8", "empty page, logged in (beside hello)", lambda: Request("GET", "/help", staff),
                  lambda: Request("GET", "/hello"), 0.12)


def search(text: str, headers: dict[str, str]) -> Request:
    """Letters typed into the search box."""
    import urllib.parse

    return Request("GET", f"/search?q={urllib.parse.quote(text)}", {**headers, "HX-Request": "true"})


def deep_page(port: int, headers: dict[str, str]) -> str:
    """The address of the page reached by pressing “next 50” a few times on the delivered orders."""
    import html
    import re

    wire, path = Wire(port), "/orders?status=delivered"
    for _ in range(20):
        body = wire.ask(Request("GET", path, headers)).body.decode()
        found = re.search(r'href="(/orders\?[^"]*after=[^"]*)"', body)
        if not found:
            break
        path = html.unescape(found[1])
    wire.close()
    return path


def writes(bench: Bench, wire: Wire, tickets: Iterator[str], phone: tuple[UUID, UUID, str], target: Any) -> None:
    """What is kept: goals 4, 10, 11."""
    ready = iter([people.ready_to_sign(wire, next(tickets)) for _ in range(250)])
    tokens = itertools.count()
    png = b"\x89PNG" + b"0" * 9_000
    seconds, bench.seconds = bench.seconds, min(bench.seconds, 1.0)
    bench.compare("4", "sign 12 decisions, on disk before the answer", ready,
                  (Request("POST", f"/sign/t{next(tokens) % 4000}", {"Content-Type": "application/octet-stream"}, png + str(n).encode())
                   for n in itertools.count()), 0.3, expect=(200, 201, 303))
    bench.seconds = seconds
    bench.compare("10", "push of 100 findings", pushes(*phone, *target), floor_pushes(), 0.5)
    bench.compare("11", "photo of 300 KB", photos("/sync/blobs", {"Cookie": phone[2], "X-Bay": "1"}), photos("/photo", {}), 0.3,
                  expect=(200, 201))


if __name__ == "__main__":
    sys.exit(main())
