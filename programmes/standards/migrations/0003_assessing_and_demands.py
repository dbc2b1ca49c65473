import django.db.models.deletion
from carefund.core import clock
from carefund.core.appendonly import RefuseChanges
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.text import slugify

ONE_MEASURE = Coalesce("measure_id", models.Value(0), output_field=models.BigIntegerField())
ID = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


def to(model, **options):
    return models.ForeignKey(
        on_delete=options.pop("on_delete", django.db.models.deletion.PROTECT), to=model, **options
    )


def give_codes(apps, _schema_editor):
    for measure in apps.get_model("standards", "Measure").objects.all():
        measure.code = slugify(measure.title)[:60]
        measure.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_life_questions_and_followers"),
        ("organisations", "0002_people_and_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("standards", "0002_append_only"),
    ]

    operations = [
        migrations.AddField("measure", "code", models.SlugField(max_length=60, default="")),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("measure", "code", models.SlugField(max_length=60)),
        migrations.AddConstraint(
            "measure",
            models.UniqueConstraint(fields=("standard", "code"), name="measure_code_once"),
        ),
        migrations.AddField(
            "level", "name", models.CharField(blank=True, max_length=40, default="")
        ),
        migrations.AlterField("level", "name", models.CharField(blank=True, max_length=40)),
        # No page ever wrote a row of the former table; the new one is another thing.
        migrations.DeleteModel("SelfAssessment"),
        migrations.CreateModel(
            "SelfAssessment",
            fields=[
                ID,
                ("state", models.CharField(default="draft", editable=False, max_length=30)),
                ("started_at", models.DateTimeField(default=clock.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "organisation",
                    to("organisations.organisation", related_name="self_assessments"),
                ),
                ("standard", to("standards.standard", related_name="self_assessments")),
                ("started_by", to(settings.AUTH_USER_MODEL, null=True, related_name="+")),
                (
                    "submitted_by",
                    to(settings.AUTH_USER_MODEL, blank=True, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "-submitted_at"], name="self_assessment_latest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=["draft", "submitted", "discarded"]),
                        name="self_assessment_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=Q(state="draft"),
                        fields=("organisation", "standard"),
                        name="self_assessment_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                        name="self_assessment_submitted_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Answer",
            fields=[
                ID,
                ("evidence", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("frozen", models.BooleanField(default=False)),
                ("saved_by", to(settings.AUTH_USER_MODEL, null=True, related_name="+")),
                ("level", to("standards.level", related_name="+")),
                ("measure", to("standards.measure", related_name="+")),
                ("assessment", to("standards.selfassessment", related_name="answers")),
            ],
            options={
                "ordering": ["assessment", "measure__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "measure"), name="measure_answered_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(revision__gte=1), name="measure_revision_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "CallDemand",
            fields=[
                ID,
                ("level", models.PositiveSmallIntegerField()),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="to be reached by"),
                ),
                ("call", to("calls.call", related_name="demands")),
                ("measure", to("standards.measure", blank=True, null=True, related_name="+")),
                ("standard", to("standards.standard", related_name="demands")),
            ],
            options={
                "ordering": ["call", "due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        "call",
                        "standard",
                        ONE_MEASURE,
                        condition=Q(due_on__isnull=True),
                        name="demand_once_to_bid",
                    ),
                    models.UniqueConstraint(
                        "call",
                        "standard",
                        ONE_MEASURE,
                        "due_on",
                        condition=Q(due_on__isnull=False),
                        name="demand_once_by_a_day",
                    ),
                    models.CheckConstraint(
                        condition=Q(level__gte=1, level__lte=5), name="call_demand_level_known"
                    ),
                ],
            },
        ),
        # What was submitted or discarded stays as it is, and so do the answers in it.
        RefuseChanges("standards_selfassessment", "OLD.state = 'draft'"),
        RefuseChanges("standards_answer", "NOT OLD.frozen"),
    ]
