"""An editor writes a call, a colleague approves it, the public reads it, it opens by itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from carefund.core import clock
from carefund.core.models import Job
from carefund.core.work.queue import run
from carefund.website.models import CallIndexPage
from programmes.calls.models import Call
from tests import make
from tests.browser.conftest import axe

pytestmark = pytest.mark.browser


def fill_call(page, story, opens, closes):
    index = CallIndexPage.objects.get()
    page.goto(f"/cms/pages/add/website/callpage/{index.pk}/")
    page.fill("#id_title", "Night monitoring in care homes")
    page.select_option("#id_programme", label=str(story.programme))
    page.fill("#id_summary", "Listening devices that notice a fall at night.")
    page.fill("#id_opens_at", f"{opens.astimezone(clock.LONDON):%d/%m/%Y %H:%M}")
    page.fill("#id_closes_at", f"{closes.astimezone(clock.LONDON):%d/%m/%Y %H:%M}")
    page.keyboard.press("Escape")
    page.fill("#id_total", "60000")
    page.fill("#id_smallest_award", "5000")
    page.fill("#id_largest_award", "20000")
    page.fill("#id_eligibility", "Local authorities with adult social care duties.")
    page.fill("#id_project_starts_on", "01/10/2026")
    page.fill("#id_project_ends_on", "30/09/2027")
    page.keyboard.press("Escape")
    page.fill("#id_criteria-0-title", "Need")
    page.fill("#id_criteria-0-guidance", "Who gains?")
    page.fill("#id_criteria-0-weight", "100")


@pytest.mark.long
def test_editor_publishes_a_call_through_the_workflow(service, sign_in, known_time, browser):
    story, people = service.story, service.story.people
    people.editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    people.officer.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    # What the open call offers is set aside; this one needs money of its own.
    make.budget(story.programme, 2026, "revenue", "60000.00")
    opens, closes = clock.now() + timedelta(hours=2), clock.now() + timedelta(days=21)

    editor = sign_in(people.editor)
    fill_call(editor, story, opens, closes)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit to Moderators approval").click()
    editor.wait_for_url(lambda url: "/add/" not in url)
    call = Call.objects.get(title__startswith="Night")
    assert call.state == "in_review"  # the call follows the workflow of its page

    officer = sign_in(people.officer)
    officer.goto("/cms/")
    officer.get_by_role("link", name="Night monitoring in care homes").first.click()
    officer.get_by_role("button", name="More actions").click()
    officer.get_by_role("button", name="Approve", exact=True).click()
    officer.wait_for_url(lambda url: "/edit/" not in url)

    call = Call.objects.get(title="Night monitoring in care homes")
    assert call.state == "forecast"
    public = browser.new_page(base_url=service.url)
    public.goto(f"/calls/{call.code}/")
    axe(public)
    assert "Coming soon" in public.inner_text("main")
    for words in ("£60,000", "£5,000 to £20,000", "Who gains?", "100%", "How to apply"):
        assert words in public.inner_text("main")

    known_time.shift(timedelta(hours=3))
    public.reload()
    assert public.get_by_role("button", name="Start a bid").is_visible()
    for job in Job.objects.due().order_by("due_at"):
        run(job.pk)
    call.refresh_from_db()
    assert (call.state, call.forms.get().frozen_at is not None) == ("open", True)
