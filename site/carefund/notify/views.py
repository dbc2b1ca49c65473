from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from carefund.core.access import signed_in

from . import queries
from .actions import mark_read


@signed_in
def message_list(request):
    rows = queries.messages_of(request.user)
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "unread": queries.unread(request.user),
    }
    return render(request, "notify/list.html", context)


@signed_in
def message_detail(request, number):
    """Opening a message marks it as read, as in any mailbox."""
    rows = queries.messages_of(request.user)
    message = get_object_or_404(rows, pk=number)
    mark_read(messages=rows.filter(pk=number), by=request.user)
    return render(request, "notify/detail.html", {"message": message})


@signed_in
@require_POST
def read_all(request):
    mark_read(messages=queries.messages_of(request.user), by=request.user)
    return redirect("notify:list")
