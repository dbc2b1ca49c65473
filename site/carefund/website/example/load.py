from django.db import transaction

from carefund.core import clock
from grants.delivery.models import Project
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.standards.models import SelfAssessment

from . import (
    allocation,
    digitising,
    history,
    past,
    people,
    scdip,
    standing,
    stories,
    tree,
    under_way,
)


def load_all(say) -> None:
    """Load everything once, all or nothing; later only see to it that a call is open."""
    with transaction.atomic():
        if not Programme.objects.filter(code="scdip-2018").exists():
            _programmes(say)
        people.give_missing_apps()
        programme = Programme.objects.get(code="digitising-social-care")
        if not Call.objects.open_now().exists():
            digitising.open_a_call(programme)
            say("A sample call that is open now")
        if not SelfAssessment.objects.exists():
            say(f"{standing.load()} sample self-assessments of fictional councils")
        tree.load()


def _programmes(say) -> None:
    everybody = people.load()
    say(f"{len(everybody)} people")
    scdip.load(everybody)
    say("Social Care Digital Innovation Programme 2018: 80 bids, 12 and 9 awards")
    past.load_demonstrators()
    past.load_pathfinders()
    past.load_technology_fund()
    say("Demonstrators 2018, Pathfinders 2020, Technology Fund 2023 to 2024")
    digitising.load_predecessor()
    programme = digitising.load()
    say("Digitising social care: ten yearly budgets, 42 boards, the 80% target")
    allocation.load(programme, everybody)
    say("A sample round that waits for approval, and a sample section 31 grant")
    until = clock.now()
    for project in Project.objects.select_related("offer", "programme").order_by("pk"):
        history.live(project, everybody, until)
    stories.load(everybody["officer"])
    under_way.load(programme, everybody)
    say("Sample milestones, claims, payments and benefits of every project")
