"""A customer's question on a line (想问一下), and the shop's answer on the same page (AE-074)."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.approval.approval import LineQuestion
    from app.models.workshop.add_on import AddOn


def answer(question: "LineQuestion", add_on: "AddOn", text: str, *, by: Actor, at: datetime) -> None:
    """Answer once, in words the customer will read on the page."""
    if question.answered_at:
        raise NotAllowed("%(name)s has already answered this question.", name=question.answered_by_name)
    if not text.strip():
        raise NotAllowed("Write the answer first.")
    question.answer, question.answered_at = text.strip(), at
    question.answered_by_id, question.answered_by_name = by.id, by.name
    add_on.note("line_question.answered", by=by, at=at, title=add_on.title_zh)
