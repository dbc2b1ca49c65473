from django.core.management.base import BaseCommand

from carefund.website.example import people


class Command(BaseCommand):
    help = "Print who can sign in to the example, as what, and with which password."

    def handle(self, *args, **options):
        rows = people.listing()
        if not rows:
            self.stdout.write("There are no example people here.")
            return
        wide = max(len(row["email"]) for row in rows)
        self.stdout.write(f"Sign in with the password {people.PASSWORD} as one of:")
        self.stdout.write(
            "  Choose “Sign in with a password”. Staff are asked for a code too; the page shows it."
        )
        for row in rows:
            self.stdout.write(f"  {row['email']:<{wide}}  {row['roles']}, {row['organisation']}")
