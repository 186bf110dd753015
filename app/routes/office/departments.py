"""The seven departments of the rail, in their fixed order, each with who may open it (decision 27)."""

from dataclasses import dataclass

from app.domain.office.staff import Role
from app.routes.dependencies import CARE, EVERYBODY, RECEPTION, REVIEWERS, WORKSHOP, Person


@dataclass(frozen=True)
class Department:
    """One word on the rail."""

    key: str
    word: str
    path: str
    roles: frozenset[Role]


DEPARTMENTS = (
    Department("reception", "Reception", "/reception", RECEPTION),
    Department("workshop", "Workshop", "/workshop", WORKSHOP | frozenset({Role.TECHNICIAN, Role.PARTS_CLERK})),
    Department("approval", "Approval", "/approval", REVIEWERS),
    Department("care", "Care", "/care", CARE),
    Department("office", "Office", "/office", EVERYBODY),
)


def departments_for(person: Person) -> list[Department]:
    """The departments this person's roles open; the others are absent, and the server refuses them too."""
    return [department for department in DEPARTMENTS if person.may(department.roles)]
