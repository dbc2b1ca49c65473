from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from carefund.audit.actions import seal
from carefund.audit.chain import verify


class Command(BaseCommand):
    help = "Say whether the record is whole, and where it breaks. Ends with 1 if it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="start", type=int, default=1, metavar="POSITION")
        parser.add_argument(
            "--expect",
            default="",
            metavar="POSITION:HASH",
            help="A head that was noted outside the database, as the log has it.",
        )

    def handle(self, *args: Any, start: int, expect: str, **options: Any) -> None:
        if start < 1:
            raise CommandError("--from is a position, 1 or more.", returncode=2)
        seal()
        report = verify(start, expect)
        self.stdout.write(f"Checked {report.checked:,} entries from position {start:,}.")
        self.stdout.write(f"Particulars taken out by rule: {report.erased:,} entries.")
        if report.unsealed:
            self.stdout.write(f"Not sealed yet: {report.unsealed:,} entries.")
        self.stdout.write(f"Head: {report.position}:{report.head}")
        if report.whole:
            self.stdout.write("The record is whole.")
            return
        for sentence in report.breaks:
            self.stderr.write(sentence)
        if report.broken > len(report.breaks):
            self.stderr.write(f"... and {report.broken - len(report.breaks):,} more breaks.")
        raise CommandError("The record is broken.", returncode=1)
