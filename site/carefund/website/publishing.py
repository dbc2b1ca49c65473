"""What in the CMS puts something before the public, or takes it away."""

from django.http import HttpRequest

CMS = "/cms/"
# Buttons of an editing form.
BUTTONS = ("action-publish", "action-workflow-action", "action-unpublish", "publish_copies")
# Pages of the CMS that do nothing else when something is sent to them.
ADDRESSES = {
    "convert_alias",
    "delete",
    "move_confirm",
    "revisions_unschedule",
    "set_privacy",
    "unpublish",
    "wagtail_bulk_action",
    "workflow_action",
}


def publishes(request: HttpRequest) -> bool:
    """Whether the request would publish, approve, move or remove what the public reads."""
    if request.method != "POST" or not request.path.startswith(CMS):
        return False
    name = request.resolver_match.url_name if request.resolver_match else ""
    return name in ADDRESSES or any(request.POST.get(button) for button in BUTTONS)
