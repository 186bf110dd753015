"""What is sent to a process of the paper mill and comes back; light, so that the web process never loads the press."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from app.paper_press import Press

DUMMY = '<html lang="zh-CN"><title>明单</title><body>明单 <b>¥1,286.00</b></body></html>'


@dataclass(frozen=True)
class Job:
    """One paper to print."""

    html: str
    evidence: str  # the text of evidence.json
    evidence_title: str
    reason: str  # what the seal says it is for


@dataclass(frozen=True)
class Printed:
    """A sealed file and what it took."""

    pdf: bytes
    page_count: int
    milliseconds: int


_press: "Press | None" = None


def start(settings: Settings, styles: Path) -> None:
    """Make the press of this process ready and warm: the first real paper is as quick as the next."""
    from app.paper_press import Press

    global _press
    _press = Press(settings, styles)
    _press.print(Job(DUMMY, "{}", "", ""))


def print_paper(job: Job) -> Printed:
    """Print one paper on this process's press."""
    assert _press is not None, "The press was not started."
    return _press.print(job)
