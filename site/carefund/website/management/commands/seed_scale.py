import time

from django.core.management.base import BaseCommand, CommandError

from carefund.website.scale.seed import seed
from carefund.website.scale.world import Sizes
from grants.bids.models import Bid
from programmes.funds.queries import unreconciled

SIZES = ("bids", "grants", "observations", "locations", "months")


class Command(BaseCommand):
    help = (
        "Fill an empty database with made-up bids, grants and benefits of any number, "
        "the same for the same seed. For measuring speed, never for production."
    )

    def add_arguments(self, parser):
        for name in SIZES:
            parser.add_argument(f"--{name}", type=int, default=0)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--force", action="store_true", help="even if there are bids already")

    def handle(self, *args, **options):
        sizes = Sizes(**{name: options[name] for name in SIZES})
        if min(vars(sizes).values()) < 0:
            raise CommandError("Numbers of rows are not negative.")
        if sizes.observations and not sizes.grants:
            raise CommandError("Observations belong to grants: say --grants as well.")
        if bool(sizes.locations) != bool(sizes.months):
            raise CommandError("Say both --locations and --months.")
        if Bid.objects.exists() and not options["force"]:
            raise CommandError("This database has bids. Use an empty one, or say --force.")
        began = time.monotonic()
        rows = seed(sizes, options["seed"], self.stdout.write)
        if unreconciled():
            raise CommandError("The ledger does not add up: this is a defect of the seeder.")
        self.stdout.write(f"{rows} rows in {time.monotonic() - began:.0f} seconds")
