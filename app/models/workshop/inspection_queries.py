"""Which template a new inspection is made from."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models.workshop.inspection import InspectionTemplate


def current_template(db: Session, store_id: UUID, kind: str = "general") -> InspectionTemplate:
    """The newest version of the store's list of points of a kind."""
    statement = (
        select(InspectionTemplate)
        .where(InspectionTemplate.store_id == store_id, InspectionTemplate.kind == kind)
        .order_by(InspectionTemplate.version.desc())
        .limit(1)
    )
    template = db.scalars(statement).one_or_none()
    if template is None:
        raise NotFound("This store has no inspection list of kind %(kind)s.", kind=kind)
    return template
