"""The pages that editors write. A published call page announces its call."""

from django.db import models
from django.db.models import Sum
from django.urls import reverse
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

from carefund.core.money import MoneyField
from grants.awards.models import Offer
from grants.delivery.models import Project
from programmes.calls.models import Call
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import Organisation
from programmes.targets.models import Target
from programmes.targets.queries import latest

from .blocks import TEXT_FEATURES, BodyBlock
from .designer.blocks import FormBlock, RulesBlock, ScreeningsBlock
from .designer.preview import preview
from .designer.standard import standard_stream
from .designer.storage import DesignField
from .page_forms import CallPageForm


class HomePage(Page):
    introduction = models.TextField(max_length=400)

    max_count = 1
    template = "website/home.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["website.CallIndexPage", "website.TextPage"]

    def get_context(self, request, *args, **kwargs):
        target = Target.objects.order_by("pk").first()
        accepted = Offer.objects.filter(state="accepted")
        return {
            **super().get_context(request, *args, **kwargs),
            "open_calls": call_pages(Call.objects.open_now()),
            "coming_calls": call_pages(Call.objects.coming()),
            "awards": accepted.count(),
            "awarded": accepted.aggregate(total=Sum("amount"))["total"] or 0,
            "projects": Project.objects.count(),
            "target": target,
            "latest": latest(target) if target else None,
        }


def call_pages(calls):
    """The live pages of `calls`, soonest closing first, in two queries."""
    pages = CallPage.objects.live().filter(call__in=calls)
    return pages.select_related("call__programme").order_by("call__closes_at")


class TextPage(Page):
    """Guidance, news, accessibility, privacy."""

    body = StreamField(BodyBlock(), blank=True)

    template = "website/text.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    subpage_types = ["website.TextPage"]


class CallIndexPage(Page):
    introduction = models.TextField(max_length=400, blank=True)

    max_count = 1
    template = "website/call_index.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.CallPage"]

    def get_context(self, request, *args, **kwargs):
        pages = CallPage.objects.live().child_of(self).filter(call__isnull=False)
        pages = pages.select_related("call__programme").order_by("-call__opens_at")
        groups = {"open": [], "forecast": [], "closed": []}
        for page in pages:
            phase = page.call.phase.value
            groups[phase if phase in groups else "closed"].append(page)
        return {**super().get_context(request, *args, **kwargs), "groups": groups}


class CallPage(Page):
    """A funding call as the public reads it and as its editor writes it."""

    call = models.OneToOneField(
        Call, models.PROTECT, null=True, editable=False, related_name="page"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    summary = models.TextField(max_length=800, help_text="What the money is for, in plain words.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    total = MoneyField("total on offer")
    smallest_award = MoneyField()
    largest_award = MoneyField()
    eligible_kinds = models.CharField(
        "who can bid",
        max_length=100,
        default="local_authority",
        choices=[
            ("local_authority", "Local authorities"),
            ("local_authority,charity", "Local authorities and charities"),
            (
                "local_authority,icb,care_provider,charity",
                "Authorities, boards, providers, charities",
            ),
        ],
    )
    eligibility = models.TextField(help_text="Who can bid, in a sentence or two.")
    themes = ParentalManyToManyField(Theme, blank=True)
    project_starts_on = models.DateField()
    project_ends_on = models.DateField()
    assessors_per_bid = models.PositiveSmallIntegerField(default=2)
    body = StreamField(BodyBlock(), blank=True)
    how_to_apply = RichTextField(features=TEXT_FEATURES, blank=True)
    form = DesignField(FormBlock(), blank=True, default=standard_stream)
    form_rules = DesignField(RulesBlock(), blank=True)
    screening = DesignField(ScreeningsBlock(), blank=True)

    base_form_class = CallPageForm
    template = "website/call.html"
    parent_page_types = ["website.CallIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("programme"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], "When"),
        MultiFieldPanel(
            [FieldPanel("total"), FieldPanel("smallest_award"), FieldPanel("largest_award")],
            "How much (in pounds)",
        ),
        MultiFieldPanel([FieldPanel("eligible_kinds"), FieldPanel("eligibility")], "Who can bid"),
        MultiFieldPanel(
            [FieldPanel("project_starts_on"), FieldPanel("project_ends_on")], "Projects"
        ),
        FieldPanel("themes"),
        InlinePanel(
            "criteria", label="Criterion", heading="Criteria (weights make 100)", min_num=1
        ),
        FieldPanel("assessors_per_bid"),
        FieldPanel("body"),
        FieldPanel("how_to_apply"),
    ]
    form_panels = [FieldPanel("form"), FieldPanel("form_rules"), FieldPanel("screening")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Call"),
            ObjectList(form_panels, heading="Application form"),
            ObjectList(Page.promote_panels, heading="Promote"),
        ]
    )

    @property
    def preview_modes(self):
        return [*self.DEFAULT_PREVIEW_MODES, ("form", "Form as a bidder sees it")]

    def serve_preview(self, request, mode_name):
        if mode_name == "form":
            return preview(request, self)
        return super().serve_preview(request, mode_name)

    def with_content_json(self, content):
        """A revision made before the first publication must not forget which call it made."""
        page = super().with_content_json(content)
        page.call_id = self.call_id
        return page

    def get_context(self, request, *args, **kwargs):
        kinds = [Organisation.Kind(k).label for k in self.eligible_kinds.split(",")]
        return {
            **super().get_context(request, *args, **kwargs),
            "kinds": kinds,
            "call": self.call,
            "start_url": reverse("bids:start", args=[self.call.code]) if self.call else "",
            "updates": self.call.updates.all() if self.call else [],
        }


class CallCriterion(Orderable):
    """A criterion as the editor writes it."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=150)
    guidance = models.TextField()
    weight = models.PositiveSmallIntegerField("weight in per cent")

    panels = [FieldPanel("title"), FieldPanel("guidance"), FieldPanel("weight")]

    def __str__(self) -> str:
        return self.title
