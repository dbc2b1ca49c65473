import carefund.core.searching
import django.contrib.postgres.search
import django.db.models.deletion
from carefund.core.operations import OnPostgreSQL
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from grants.bids.wording import head_of, text_of

INDEX = "CREATE INDEX bids_words_found ON bids_bidwords USING gin (vector)"
BATCH = 500


def nothing(_apps, _schema_editor):
    """The table goes, with its index."""


def fill(apps, _schema_editor):
    """Bids that came in before search could read them."""
    Bid, Submission, BidWords = (
        apps.get_model("bids", name) for name in ("Bid", "Submission", "BidWords")
    )
    latest = Submission.objects.filter(bid=OuterRef("pk")).order_by("-number")
    rows = Bid.objects.filter(submissions__isnull=False).distinct()
    rows = rows.values_list("pk", Subquery(latest.values("content")[:1]))
    made = (BidWords(bid_id=pk, head=head_of(c), body=text_of(c)) for pk, c in rows.iterator(BATCH))
    BidWords.objects.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("bids", "0007_clarification_requests")]
    operations = [
        migrations.CreateModel(
            name="BidWords",
            fields=[
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="bids.bid",
                    ),
                ),
                ("head", models.TextField()),
                ("body", models.TextField()),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=carefund.core.searching.Indexed(
                            models.F("head"), models.F("body")
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, nothing, elidable=True),
        OnPostgreSQL(INDEX),
    ]
