from django.core.management.base import BaseCommand, CommandError

from carefund.core.actors import SYSTEM
from carefund.core.formats import money
from grants.awards.queries import left_of_total
from programmes.calls.actions import NotReady, set_aside
from programmes.calls.queries import without_reservation


class Command(BaseCommand):
    help = (
        "Set money aside for calls that were announced before the service did so. "
        "Running it again changes nothing."
    )

    def handle(self, *args, **options):
        short = 0
        for call in without_reservation():
            amount = left_of_total(call)
            if amount <= 0:
                self.stdout.write(f"{call.code}: all of it is awarded")
                continue
            try:
                set_aside(call=call, amount=amount, by=SYSTEM)
            except NotReady as refused:
                short += 1
                self.stderr.write(f"{call.code}: {refused.message}")
            else:
                self.stdout.write(f"{call.code}: {money(amount)} set aside")
        if short:
            raise CommandError(
                f"{short} of these calls offer more than is free. Move budget to their years by a "
                "virement, then run this again."
            )
