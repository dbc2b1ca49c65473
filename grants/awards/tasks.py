from datetime import timedelta

from carefund.core import clock, work
from carefund.core.work import handles

from .actions import expire, explain_further, publish_on_its_day
from .models import AllocationRound, Offer, Scenario
from .queries import late_answer_allowed


@handles("awards.expire")
def expire_at_its_instant(offer_id: int) -> None:
    offer = Offer.objects.get(pk=offer_id)
    if offer.state != "offered" or clock.now() < offer.expires_at:
        return
    if waiver := late_answer_allowed(offer):
        # Asked again when the waiver is over.
        work.enqueue(
            "awards.expire",
            key=f"{offer.pk}:waiver:{waiver.pk}",
            payload={"offer_id": offer.pk},
            due_at=clock.end_of_day(waiver.ends_on) + timedelta(seconds=1),
        )
        return
    expire(offer=offer)


@handles("awards.explain")
def explain_a_scenario(scenario_id: int) -> None:
    if scenario := Scenario.objects.filter(pk=scenario_id).first():
        explain_further(scenario=scenario)


@handles("awards.publish")
def publish_when_due(round_id: int, approved_at: str) -> None:
    allocation = AllocationRound.objects.get(pk=round_id)
    # Returned to draft and approved again, it has another day and a job of its own.
    if allocation.state == "embargoed" and str(allocation.approved_at) == approved_at:
        publish_on_its_day(allocation=allocation)
