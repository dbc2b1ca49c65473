import carefund.core.money
import carefund.core.operations
import carefund.website.designer.storage
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("website", "0001_initial"),
        ("website", "0002_call_pages"),
        ("website", "0003_form_designer"),
        ("website", "0004_assessors_read_all"),
        ("website", "0005_callpage_anonymous_assessment"),
        ("website", "0006_late_by_grace"),
    ]

    initial = True

    dependencies = [
        ("calls", "0001_squashed_0006_late_by_grace"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
        ("organisations", "0001_squashed_0002_people_and_places"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="CallIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        ("introduction", models.TextField(blank=True, max_length=400)),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="HomePage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        ("introduction", models.TextField(max_length=400)),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="TextPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [("heading", 0), ("text", 1), ("inset", 2), ("document", 3)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "icon": "title",
                                            "template": "website/blocks/heading.html",
                                        },
                                    ),
                                    1: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": [
                                                "h3",
                                                "bold",
                                                "italic",
                                                "ol",
                                                "ul",
                                                "link",
                                                "document-link",
                                            ],
                                            "template": "website/blocks/text.html",
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "icon": "warning",
                                            "template": "website/blocks/inset.html",
                                        },
                                    ),
                                    3: (
                                        "wagtail.documents.blocks.DocumentChooserBlock",
                                        (),
                                        {"template": "website/blocks/document.html"},
                                    ),
                                },
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="CallPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                help_text="What the money is for, in plain words.", max_length=800
                            ),
                        ),
                        ("opens_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        ("total", carefund.core.money.MoneyField(verbose_name="total on offer")),
                        ("smallest_award", carefund.core.money.MoneyField()),
                        ("largest_award", carefund.core.money.MoneyField()),
                        (
                            "eligible_kinds",
                            models.CharField(
                                default="local_authority",
                                max_length=100,
                                verbose_name="who can bid",
                            ),
                        ),
                        (
                            "eligibility",
                            models.TextField(help_text="Who can bid, in a sentence or two."),
                        ),
                        ("project_starts_on", models.DateField()),
                        ("project_ends_on", models.DateField()),
                        (
                            "assessors_per_bid",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="assessors for each bid"
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [("heading", 0), ("text", 1), ("inset", 2), ("document", 3)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "icon": "title",
                                            "template": "website/blocks/heading.html",
                                        },
                                    ),
                                    1: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": [
                                                "h3",
                                                "bold",
                                                "italic",
                                                "ol",
                                                "ul",
                                                "link",
                                                "document-link",
                                            ],
                                            "template": "website/blocks/text.html",
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "icon": "warning",
                                            "template": "website/blocks/inset.html",
                                        },
                                    ),
                                    3: (
                                        "wagtail.documents.blocks.DocumentChooserBlock",
                                        (),
                                        {"template": "website/blocks/document.html"},
                                    ),
                                },
                            ),
                        ),
                        ("how_to_apply", wagtail.fields.RichTextField(blank=True)),
                        (
                            "call",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="page",
                                to="calls.call",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="funds.programme",
                            ),
                        ),
                        (
                            "themes",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, to="funds.theme"
                            ),
                        ),
                        (
                            "always_open",
                            models.BooleanField(
                                default=False,
                                help_text="Bids are taken all the time and assessed at each cut-off.",
                            ),
                        ),
                        (
                            "contact",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="contact address"
                            ),
                        ),
                        (
                            "dates_note",
                            wagtail.fields.RichTextField(
                                blank=True, verbose_name="more about the dates"
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                help_text="The first phase whose successful bidders this call invites.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calls.call",
                            ),
                        ),
                        (
                            "ggis_reference",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="GGIS scheme reference"
                            ),
                        ),
                        (
                            "invited_only",
                            models.BooleanField(
                                default=False,
                                help_text="Only organisations that were invited may bid.",
                            ),
                        ),
                        (
                            "objectives",
                            wagtail.fields.RichTextField(
                                blank=True, help_text="What the programme wants to achieve with it."
                            ),
                        ),
                        (
                            "questions_until",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty: until the call closes.",
                                null=True,
                                verbose_name="questions until",
                            ),
                        ),
                        (
                            "regions",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True,
                                help_text="Only organisations of these regions. None: all England.",
                                to="organisations.region",
                            ),
                        ),
                        (
                            "several_bids_allowed",
                            models.BooleanField(
                                default=False, help_text="One organisation may bid more than once."
                            ),
                        ),
                        ("supporting_information", wagtail.fields.RichTextField(blank=True)),
                        (
                            "form",
                            carefund.website.designer.storage.DesignField(
                                [],
                                blank=True,
                                help_text="Press + to add a section or a question, and drag it to where it belongs. The wheel beside a question opens what is needed less often: guidance, an example, when it is asked. The preview shows the form as a bidder sees it, and what must be put right.",
                                verbose_name="sections and questions",
                            ),
                        ),
                        (
                            "form_rules",
                            carefund.website.designer.storage.DesignField(
                                [],
                                blank=True,
                                help_text="For example: at least 20% of the budget goes to evaluation.",
                                verbose_name="rules over several answers",
                            ),
                        ),
                        (
                            "screening",
                            carefund.website.designer.storage.DesignField(
                                [],
                                blank=True,
                                help_text="Questions that say at once who may not bid, and why.",
                                verbose_name="before a bid can be started",
                            ),
                        ),
                        (
                            "assessors_read_all",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise they read only the answers that feed their criteria, and only the documents in these.",
                                verbose_name="assessors may read the whole bid",
                            ),
                        ),
                        (
                            "anonymous_assessment",
                            models.BooleanField(
                                default=False,
                                help_text="Assessors see neither the bidder's name, nor its people's, nor names of files.",
                                verbose_name="bids are assessed without names",
                            ),
                        ),
                        (
                            "late_by_grace",
                            models.BooleanField(
                                default=True,
                                help_text="For a reason that is recorded. Otherwise no late bid is taken.",
                                verbose_name="a senior officer may let a late bid in",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="LibraryQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="What editors look for: Number of care homes.",
                                max_length=150,
                                unique=True,
                            ),
                        ),
                        ("question", carefund.website.designer.storage.DesignField([])),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of the library",
                        "verbose_name_plural": "question library",
                        "ordering": ["title"],
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="CallCriterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        ("title", models.CharField(max_length=150)),
                        ("guidance", models.TextField()),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(verbose_name="weight in per cent"),
                        ),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="website.callpage",
                            ),
                        ),
                        ("highest_score", models.PositiveSmallIntegerField(default=5)),
                        ("questions", models.JSONField(blank=True, default=list)),
                        (
                            "scale",
                            models.TextField(
                                blank=True,
                                help_text="One line for each score, from 0 up. Empty: the usual words.",
                                verbose_name="what each score means",
                            ),
                        ),
                        (
                            "threshold",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="A bid that scores below it is not funded.",
                                verbose_name="lowest fundable score",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_order"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("highest_score__gte", 1),
                                    ("threshold__lte", models.F("highest_score")),
                                ),
                                name="page_criterion_threshold_in_scale",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAttachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "title",
                            models.CharField(
                                blank=True, help_text="Empty: as the document.", max_length=150
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="wagtaildocs.document",
                            ),
                        ),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="website.callpage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PageCutOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="bids submitted before")),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cut_offs",
                                to="website.callpage",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        carefund.core.operations.EditorsKeep(
            app_label="website",
            model="libraryquestion",
            noun="question of the library",
        ),
    ]
