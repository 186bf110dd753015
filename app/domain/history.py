"""Who did what: the actor of a verb and the line it leaves behind."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person or machine that acts; `name` is kept as it was at that moment."""

    name: str
    id: UUID | None = None
    kind: str = "staff"  # staff, customer or system

    def is_same_person_as(self, person_id: UUID | None) -> bool:
        """Whether this actor is the member of staff with that id."""
        return self.id is not None and self.id == person_id


SYSTEM = Actor("Mingdan", kind="system")
