"""What later slices show on a project's page: its claims, its benefits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Project


@dataclass(frozen=True)
class Panel:
    """A part of the page: a template and what it is filled with, as `panel`."""

    template: str
    context: dict[str, Any]


Provider = Callable[[Project, Any], Panel | None]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Call it in `AppConfig.ready`. Panels stand in the order of their names.

    A provider gives None to whom it shows nothing.
    """
    _providers[name] = provider


def panels_for(project: Project, user: Any) -> list[Panel]:
    found = [_providers[name](project, user) for name in sorted(_providers)]
    return [panel for panel in found if panel is not None]
