from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from carefund.website.example.load import load_all


class Command(BaseCommand):
    help = "Load the example programmes. Running it again loses nothing and adds nothing twice."

    def handle(self, *args, **options):
        if not settings.CAREFUND_EXAMPLE:
            raise CommandError(
                "The example has people with a published password. It is only for embedded mode "
                "with CAREFUND_EXAMPLE=1, never for production."
            )
        load_all(self.stdout.write)
