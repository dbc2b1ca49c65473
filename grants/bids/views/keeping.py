"""What is typed is kept while it is typed; the page hears who else is there."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from carefund.core import clock
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused

from .. import colleagues, history, queries
from ..actions import Conflict, be_in_section, save_answers
from ..rules import access_to_answer
from .answering import page_of, section_of, typed_in

CORRECTED = "The form was corrected while you were typing. Save to go on; nothing is lost."
CLASH = (
    "{who} saved “{question}” while you were typing. Both texts are kept. "
    "Save to see them side by side and choose."
)
UNREAD = "Not saved yet: {problem}"


@permitted_on_object("bids.edit")
@require_POST
def keep(request, reference, key):
    """Answers in JSON: what is saved now, what is not and why, who else is here."""
    bid = access_to_answer(request.user, reference, "bids.edit")
    form, part = section_of(bid, key)
    be_in_section(bid=bid, section=part.key, by=request.user)
    told = {"saved": "", "revisions": {}, "warning": ""}
    if request.POST.get("form-version") != str(bid.form.version):
        told["warning"] = CORRECTED
    elif any(name.startswith("revision-") for name in request.POST):
        told |= _keep(request, bid, form, part)
    told["others"] = _others(bid, part, request.user)
    return JsonResponse(told)


def _keep(request, bid, form, part):
    kept = queries.kept_answers(bid)
    typed = typed_in(request, bid, form, part, kept)
    read = [one for one in typed.entries if not one.multipart and one.is_valid()]
    values = typed.values({one.question.key for one in read})
    warning = ""
    try:
        save_answers(
            bid=bid,
            values=values,
            revisions=typed.revisions,
            page=page_of(request),
            as_typed=True,
            seen=kept,
            by=request.user,
        )
    except Conflict as conflict:
        first = conflict.clashes[0]
        who = first.saved_by or "The system"
        warning = CLASH.format(who=who, question=form.question(first.question).label)
    except Refused as error:
        return {"warning": f"{error.message} What you typed is kept with the earlier versions."}
    revisions = _revisions(bid, values)
    return {
        "saved": f"Saved {history.moment(clock.now())}" if revisions or not warning else "",
        "revisions": revisions,
        "warning": warning or _unread(typed),
    }


def _revisions(bid, values):
    """Of what stands as it was typed; a question that clashes keeps the number it was shown."""
    standing = queries.standing_answers(bid)
    return {
        key: standing[key].revision
        for key, value in values.items()
        if key in standing and standing[key].value == value
    }


def _unread(typed):
    for one in typed.entries:
        if not one.multipart and not one.is_valid():
            errors = [text for form in one.forms for text in form.errors.values()]
            return UNREAD.format(problem=errors[0][0] if errors else one.question.label)
    return ""


def _others(bid, part, user):
    here = colleagues.others_in(bid, part.key, user)
    names = " and ".join(one.name for one in here)
    verb = "have" if len(here) > 1 else "has"
    words = (
        f"{names} {verb} this section open too. You can all write: nobody’s text is overwritten."
    )
    return words if here else ""
