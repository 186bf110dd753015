"""What is sent to a process of the paper mill and comes back; light, so that the web process never loads the press."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from app.paper_press import Press

# a little of everything papers use, so that the first real one finds fonts, tables, drawings and the seal warm
DUMMY = """<html lang="zh-CN"><title>明单</title><body><p class="foot">明单</p>
<header class="letterhead"><div class="who"><p class="name">明单</p></div></header><h1 class="title">维修增项确认书</h1>
<table class="lines"><thead><tr><th class="no">序</th><th>项目</th></tr></thead><tbody><tr><td>1</td><td class="money">
<b>¥1,286.00</b> <svg class="scale" viewBox="0 0 9 9" font-family="Noto Sans SC"><text y="8">2.4 mm</text><path d="M0 0h9"/>
</svg></td></tr></tbody></table><ol class="terms"><li>明单</li></ol><div class="sign"><div>明单</div></div></body></html>"""


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
