from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from carefund.core.errors import Refused
from programmes.funds.models import Programme
from reports.publications import exports, queries


class Command(BaseCommand):
    help = "Makes a report of a programme as at a day. The same command makes the same bytes."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=["benefits"])
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--as-at", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--format", required=True, choices=list(exports.FORMATS))
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args, **options):
        programme = _programme(options["programme"])
        try:
            snapshot = queries.snapshot(programme, queries.day_of(options["as_at"]))
        except Refused as error:
            raise CommandError(error.message) from None
        identity = exports.live_identity(snapshot)
        content = exports.render(snapshot, identity, options["format"])
        _write(Path(options["output"]), content)
        self.stdout.write(
            f"{options['output']}: {identity.reference}, {len(content):,} bytes, "
            f"fingerprint {identity.fingerprint}"
        )


def _programme(code: str) -> Programme:
    programme = Programme.objects.select_related("funder").filter(code=code).first()
    if programme is None:
        known = ", ".join(Programme.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no programme “{code}”. Programmes: {known}.")
    return programme


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
