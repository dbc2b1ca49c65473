"""A funding call as the public reads it and as its editor writes it."""

from django.db import models
from django.db.models import F, Q
from django.http import Http404
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from carefund.core.formats import uk_instant
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.prepared import Prepared
from carefund.core.shared import shared
from programmes.calls.models import Call
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import Organisation, Region
from programmes.organisations.queries import organisations_of

from ..blocks import TEXT_FEATURES, BodyBlock
from ..call_text import context_of
from ..designer.blocks import FormBlock, RulesBlock, ScreeningsBlock
from ..designer.preview import preview
from ..designer.standard import standard_stream
from ..designer.storage import DesignField
from ..page_forms import CallPageForm
from ..panels import CriteriaPanel, ProblemsPanel
from .previews import Framed

SCALE = (
    "Not answered",
    "Very weak: little evidence",
    "Weak: important gaps",
    "Sound: some gaps",
    "Good: small gaps only",
    "Excellent: complete and convincing",
)


def call_pages(calls):
    """The live pages of `calls`, soonest closing first, in two queries."""
    pages = CallPage.objects.live().filter(call__in=calls)
    return pages.select_related("call__programme").order_by("call__closes_at")


def _text(**options):
    return RichTextField(features=TEXT_FEATURES, blank=True, **options)


class CallPage(Framed, Page):
    """The page of a call. Its call is made with the first draft that is complete enough."""

    call = models.OneToOneField(
        Call, models.PROTECT, null=True, editable=False, related_name="page"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    summary = models.TextField(max_length=800, help_text="What the money is for, in plain words.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    questions_until = models.DateTimeField(
        "questions until", null=True, blank=True, help_text="Empty: until the call closes."
    )
    always_open = models.BooleanField(
        default=False, help_text="Bids are taken all the time and assessed at each cut-off."
    )
    total = MoneyField("total on offer")
    smallest_award = MoneyField()
    largest_award = MoneyField()
    # Values of Organisation.Kind with commas between them.
    eligible_kinds = models.CharField("who can bid", max_length=100, default="local_authority")
    eligibility = models.TextField(help_text="Who can bid, in a sentence or two.")
    regions = ParentalManyToManyField(
        Region, blank=True, help_text="Only organisations of these regions. None: all England."
    )
    several_bids_allowed = models.BooleanField(
        default=False, help_text="One organisation may bid more than once."
    )
    follows = models.ForeignKey(
        Call,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The first phase whose successful bidders this call invites.",
    )
    invited_only = models.BooleanField(
        default=False, help_text="Only organisations that were invited may bid."
    )
    themes = ParentalManyToManyField(Theme, blank=True)
    project_starts_on = models.DateField()
    project_ends_on = models.DateField()
    late_by_grace = models.BooleanField(
        "a senior officer may let a late bid in",
        default=True,
        help_text="For a reason that is recorded. Otherwise no late bid is taken.",
    )
    assessors_per_bid = models.PositiveSmallIntegerField("assessors for each bid", default=2)
    assessors_read_all = models.BooleanField(
        "assessors may read the whole bid",
        default=False,
        help_text="Otherwise they read only the answers that feed their criteria, and only the "
        "documents in these.",
    )
    anonymous_assessment = models.BooleanField(
        "bids are assessed without names",
        default=False,
        help_text="Assessors see neither the bidder's name, nor its people's, nor names of files.",
    )
    body = StreamField(BodyBlock(), blank=True)
    objectives = _text(help_text="What the programme wants to achieve with it.")
    dates_note = _text(verbose_name="more about the dates")
    how_to_apply = _text()
    supporting_information = _text()
    contact = models.EmailField("contact address", blank=True)
    ggis_reference = models.CharField("GGIS scheme reference", max_length=40, blank=True)
    # The form that bidders fill in. Empty: the call keeps the form that it has.
    form = DesignField(
        FormBlock(),
        blank=True,
        default=standard_stream,
        verbose_name="sections and questions",
        help_text="Press + to add a section or a question, and drag it to where it belongs. The "
        "wheel beside a question opens what is needed less often: guidance, an example, when it "
        "is asked. The preview shows the form as a bidder sees it, and what must be put right.",
    )
    form_rules = DesignField(
        RulesBlock(),
        blank=True,
        verbose_name="rules over several answers",
        help_text="For example: at least 20% of the budget goes to evaluation.",
    )
    screening = DesignField(
        ScreeningsBlock(),
        blank=True,
        verbose_name="before a bid can be started",
        help_text="Questions that say at once who may not bid, and why.",
    )

    # Set on a page that was found by its address, with nothing on or above it that restricts it.
    is_open_to_all = False

    base_form_class = CallPageForm
    template = "website/call.html"
    parent_page_types = ["website.CallIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["call"]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [
        ProblemsPanel(heading="Before it can open"),
        *Page.content_panels,
        FieldPanel("programme"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("opens_at"),
                FieldPanel("closes_at"),
                FieldPanel("questions_until"),
                FieldPanel("always_open"),
                InlinePanel("cut_offs", label="Cut-off", heading="Cut-offs, if always open"),
                FieldPanel("dates_note"),
            ],
            "When",
        ),
        MultiFieldPanel(
            [FieldPanel("total"), FieldPanel("smallest_award"), FieldPanel("largest_award")],
            "How much (in pounds)",
        ),
        MultiFieldPanel(
            [
                FieldPanel("eligible_kinds"),
                FieldPanel("eligibility"),
                FieldPanel("regions"),
                FieldPanel("several_bids_allowed"),
                FieldPanel("late_by_grace"),
                FieldPanel("follows"),
                FieldPanel("invited_only"),
            ],
            "Who can bid",
        ),
        MultiFieldPanel(
            [FieldPanel("project_starts_on"), FieldPanel("project_ends_on")], "Projects"
        ),
        FieldPanel("themes"),
        CriteriaPanel(
            "criteria", label="Criterion", heading="Criteria (weights make 100)", min_num=1
        ),
        MultiFieldPanel(
            [
                FieldPanel("assessors_per_bid"),
                FieldPanel("assessors_read_all"),
                FieldPanel("anonymous_assessment"),
            ],
            "Assessors",
        ),
        FieldPanel("body"),
        FieldPanel("objectives"),
        FieldPanel("how_to_apply"),
        FieldPanel("supporting_information"),
        InlinePanel("attachments", label="Document", heading="Documents"),
        MultiFieldPanel([FieldPanel("contact"), FieldPanel("ggis_reference")], "Scheme"),
    ]
    form_panels = [FieldPanel("form"), FieldPanel("form_rules"), FieldPanel("screening")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Call"),
            ObjectList(form_panels, heading="Application form"),
            ObjectList(Page.promote_panels, heading="Promote"),
            # Publishing at a moment, and comments.
            ObjectList(Page.settings_panels, heading="Settings"),
        ]
    )

    @property
    def preview_modes(self):
        return [*self.DEFAULT_PREVIEW_MODES, ("form", "Form as a bidder sees it")]

    def render_preview(self, request, mode_name):
        if mode_name == "form":
            return preview(request, self)
        return super().render_preview(request, mode_name)

    def with_content_json(self, content):
        """A revision made before the call was must not forget which call it is."""
        page = super().with_content_json(content)
        page.call_id = self.call_id
        return page

    def serve(self, request, *args, **kwargs):
        """A page that could not announce its call is not public yet."""
        if not CallPage.call.is_cached(self):
            self.call = _whole.first(pk=self.call_id) if self.call_id else None
        if self.call is None or self.call.state in {"draft", "in_review"}:
            raise Http404
        if self.programme_id == self.call.programme_id:
            self.programme = self.call.programme
        return shared(super().serve(request, *args, **kwargs))

    def get_view_restrictions(self):
        """None are looked for where the page was found to have none (see serving.py)."""
        return () if self.is_open_to_all else super().get_view_restrictions()

    @property
    def kinds(self):
        return [Organisation.Kind(k).label for k in self.eligible_kinds.split(",") if k]

    def _start_url(self, user):
        """Where a bid begins, for who may begin one and for those who are not known yet."""
        if self.call is None or (user.is_authenticated and not _starts_bids(user)):
            return ""
        return path_to("bids:start", self.call.code)

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "call": self.call,
            "start_url": self._start_url(request.user),
            **context_of(self, request),
        }


def _starts_bids(user):
    return any(user.has_perm("bids.start", row) for row in organisations_of(user))


_whole = Prepared(
    lambda pk: Call.objects.select_related("programme__funder", "follows").filter(pk=pk)
)


class CallCriterion(Orderable):
    """A criterion as the editor writes it."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=150)
    guidance = models.TextField()
    weight = models.PositiveSmallIntegerField("weight in per cent")
    highest_score = models.PositiveSmallIntegerField(default=5)
    threshold = models.PositiveSmallIntegerField(
        "lowest fundable score", default=0, help_text="A bid that scores below it is not funded."
    )
    scale = models.TextField(
        "what each score means",
        blank=True,
        help_text="One line for each score, from 0 up. Empty: the usual words.",
    )
    # Keys of the questions whose answers feed it.
    questions = models.JSONField(default=list, blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("guidance"),
        FieldPanel("weight"),
        FieldPanel("highest_score"),
        FieldPanel("threshold"),
        FieldPanel("scale"),
        FieldPanel("questions"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(highest_score__gte=1, threshold__lte=F("highest_score")),
                name="page_criterion_threshold_in_scale",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def descriptors(self):
        """What each score means, from 0 up; without words of its own, the usual ones."""
        lines = [line.strip() for line in self.scale.splitlines() if line.strip()]
        if not lines and self.highest_score + 1 == len(SCALE):
            lines = SCALE
        return [{"score": score, "text": text} for score, text in enumerate(lines)]


class PageCutOff(models.Model):
    """A cut-off as the editor plans it; once the call is announced officers look after them."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="cut_offs")
    at = models.DateTimeField("bids submitted before")

    panels = [FieldPanel("at")]

    def __str__(self) -> str:
        return uk_instant(self.at)


class CallAttachment(Orderable):
    """A document that bidders need: a template, guidance, the agreement."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+")
    title = models.CharField(max_length=150, blank=True, help_text="Empty: as the document.")

    panels = [FieldPanel("document"), FieldPanel("title")]

    def __str__(self) -> str:
        return self.title or str(self.document)
