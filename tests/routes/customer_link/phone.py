"""A customer's phone: keeps its cookie, reads its hidden fields, answers lines, writes a name."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.estimates import Sent
from tests.house import House

AGENT = {"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8"}


def strokes(*, count: int = 3, points: int = 20, width: int = 300, height: int = 160, pause: int = 20) -> str:
    """A name as signature_pad tells it, on a canvas of 600 × 300."""
    time = 1_700_000_000_000
    groups = []
    for n in range(count):
        group = []
        for k in range(points):
            time += pause
            group.append({"x": 40 + n * width / count + k * width / count / points, "y": 60 + (k * 37 + n * 11) % height,
                          "time": time})
        groups.append({"points": group})
    return json.dumps(groups)


@dataclass
class Phone:
    """One browser of the customer's."""

    house: House
    sent: Sent
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=lambda: dict(AGENT))

    def ask(self, method: str, url: str, **options: Any) -> httpx.Response:
        """One request with this phone's own cookie only."""
        headers = {**self.headers, **options.pop("headers", {})}
        cookies = [one for one in (self.cookie, headers.pop("staff-cookie", "")) if one]
        if cookies:
            headers["cookie"] = "; ".join(cookies)
        answer = self.house.client.request(method, url, headers=headers, follow_redirects=False, **options)
        self.house.client.cookies.clear()
        return answer

    def get(self, url: str = "/a/s", **options: Any) -> httpx.Response:
        """Read a page."""
        return self.ask("GET", url, **options)

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        """Send a form with this session's own token."""
        return self.ask("POST", url, data={"_csrf": self.csrf(), **(data or {})}, **options)

    def csrf(self) -> str:
        """The token that this session's pages carry."""
        from app.models.approval import link_queries
        from app.security import csrf_token, sha256

        found = link_queries.visit(self.house.database, sha256(self.cookie.partition("=")[2]))
        return csrf_token(self.house.settings.secret, found["session_id"]) if found else ""

    def open(self) -> httpx.Response:
        """Press the button of the landing page."""
        answer = self.ask("POST", f"/a/{self.sent.token}/open")
        if cookie := answer.headers.get("set-cookie"):
            self.cookie = cookie.split(";")[0]
        return answer

    def last4(self, digits: str = "6021") -> httpx.Response:
        """Type the four digits."""
        return self.post("/a/s/last4", {f"d{n}": digit for n, digit in enumerate(digits, 1)})

    def enter(self) -> "Phone":
        """Open the link and give the digits."""
        assert self.open().status_code == 303
        assert self.last4().status_code == 303
        return self

    def choose(self, *choices: str, **more: str) -> httpx.Response:
        """Answer the lines in order and go to the review."""
        fields = {f"line{n}": choice for n, choice in enumerate(choices, 1) if choice}
        return self.post("/a/s/review", {"version_id": hidden(self.get().text, "version_id"), **fields, **more})

    def sheet(self) -> dict[str, str]:
        """The hidden fields of the page to sign on."""
        page = self.get("/a/s/sign")
        assert page.status_code == 200, page.headers.get("location")
        names = ("version_id", "content_sha256", "choices_sha256", "idempotency_key")
        return {name: hidden(page.text, name) for name in names}

    def decide(self, sheet: dict[str, str] | None = None, **changed: str) -> httpx.Response:
        """Write the name and submit, as the page's script does."""
        fields = {**(sheet or self.sheet()), "strokes": strokes(), "canvas": "600x300", **changed}
        return self.post("/a/s/decide", fields, headers={"accept": "application/json"})


def hidden(page: str, name: str) -> str:
    """A hidden field's value."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} in: {page[:2000]}"
    return found[1]
