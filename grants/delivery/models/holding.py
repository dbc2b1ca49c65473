from typing import Any


class OfProject:
    """A row of a project: rules ask it whose it is, and of which programme."""

    project: Any

    @property
    def programme_id(self) -> int:
        found: int = self.project.programme_id
        return found

    @property
    def organisation_id(self) -> int:
        found: int = self.project.organisation_id
        return found
