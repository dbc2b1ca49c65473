"""The editor of calls: every save prepares the call, and what is not ready is not published."""

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem

from carefund.core.paths import path_to
from programmes.calls import actions as calls

from .actions import prepare_call
from .cms_home import FundingCalls
from .models import CallPage, LibraryQuestion
from .queries import pages_that_ask


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def prepare(request, page):
    """The call of a page exists in draft as soon as the page says enough."""
    if isinstance(page, CallPage):
        latest = page.get_latest_revision_as_object()
        prepare_call(page=latest, by=request.user)


@hooks.register("before_delete_snippet")
def keep_what_is_asked(request, instances):
    """A question of the library stays while a call takes it: it would vanish from that form."""
    used = [one for one in instances if isinstance(one, LibraryQuestion) and pages_that_ask(one)]
    for question in used:
        titles = ", ".join(f"“{page.title}”" for page in pages_that_ask(question))
        messages.error(request, f"“{question}” is asked in {titles}. Take it out there first.")
    return redirect(path_to("wagtailsnippets_website_libraryquestion:list")) if used else None


@hooks.register("after_publish_page")
def say_what_is_missing(request, page):
    call = page.call if isinstance(page, CallPage) else None
    if call and call.state in {"draft", "in_review"}:
        for problem in calls.problems_with(call):
            messages.error(request, f"The call was not announced. {problem}")


@hooks.register("after_copy_page")
def copy_questions(request, page, new_page):
    """A page that was copied gets a draft call with the form and criteria of the first."""
    if isinstance(new_page, CallPage) and page.specific.call:
        new = prepare_call(page=new_page, by=request.user)
        if new:
            new.forms.all().delete()
            new.criteria.all().delete()
            calls.copy_questions(source=page.specific.call, target=new)


class CopyCall(ActionMenuItem):
    """Leads to the page on which the dates of the copy are chosen."""

    name = "action-copy-call"
    label = "Copy this call"
    icon_name = "copy"
    order = 90

    def is_shown(self, context):
        page = context.get("page")
        return isinstance(page, CallPage) and page.call_id is not None

    def get_url(self, parent_context):
        return path_to("calls:copy", parent_context["page"].call.code)


@hooks.register("register_page_action_menu_item")
def copy_call_item():
    return CopyCall()


@hooks.register("construct_homepage_panels")
def begin_with_calls(request, panels):
    panels.append(FundingCalls())


@hooks.register("register_admin_menu_item")
def calls_item():
    return MenuItem("Funding calls", path_to("wagtailadmin_home"), icon_name="list-ul", order=50)


@hooks.register("register_admin_menu_item")
def way_out_item():
    return MenuItem("Back to the service", "/", icon_name="arrow-left", order=20_000)


@hooks.register("insert_editor_js")
def designer_script():
    """Offers the questions of the form where a condition or a rule names one."""
    return format_html(
        '<script type="module" src="{}"></script>', static("carefund/cms/designer.js")
    )
