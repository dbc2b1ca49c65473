from django.core.management.base import BaseCommand

from grants.benefits import reference as appraisal
from programmes.organisations import reference as organisations
from programmes.standards import reference as standards


class Command(BaseCommand):
    help = "Load the reference data that the service ships. Running it again changes nothing."

    def handle(self, *args, **options):
        self.stdout.write(f"{organisations.load()} organisations")
        self.stdout.write(f"{standards.load()} measures of what good looks like")
        self.stdout.write(f"{appraisal.load()} deflators, rates and ranges")
