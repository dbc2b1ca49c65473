from django.urls import path

from .views import answering, calls, cases, guests, preparing, submitting, versions

app_name = "bids"
urlpatterns = [
    path("bids/", preparing.bid_list, name="list"),
    path("bids/start/<slug:code>/", preparing.start, name="start"),
    path("bids/<str:reference>/", preparing.task_list, name="task_list"),
    path("bids/<str:reference>/history/", preparing.bid_history, name="history"),
    path("bids/<str:reference>/sections/<slug:key>/", answering.section, name="section"),
    path("bids/<str:reference>/sections/<slug:key>/resolve/", answering.resolve, name="resolve"),
    path("bids/<str:reference>/form/", versions.form_changes, name="form_changes"),
    path("bids/<str:reference>/check/", submitting.check, name="check"),
    path("bids/<str:reference>/ask/", submitting.ask, name="ask"),
    path("bids/<str:reference>/certify/", submitting.certify, name="certify"),
    path("bids/<str:reference>/submit/", submitting.submit, name="submit"),
    path("bids/<str:reference>/receipt/", submitting.receipt, name="receipt"),
    path("bids/<str:reference>/withdraw/", submitting.withdraw, name="withdraw"),
    path("bids/<str:reference>/reopen/", submitting.reopen, name="reopen"),
    path("bids/<str:reference>/people/", guests.people, name="people"),
    path("bids/<str:reference>/people/invite/", guests.invite, name="invite_guest"),
    path("bids/<str:reference>/people/<int:number>/end/", guests.end, name="end_guest"),
    path("manage/bids/", cases.manage_list, name="manage_list"),
    path("manage/bids/export/<str:kind>/", cases.export, name="manage_export"),
    path("manage/bids/<str:reference>/", cases.case, name="case"),
    path("manage/bids/<str:reference>/answers/", cases.answers, name="case_answers"),
    path("manage/bids/<str:reference>/money/", cases.money, name="case_money"),
    path("manage/bids/<str:reference>/documents/", cases.documents, name="case_documents"),
    path("manage/bids/<str:reference>/timeline/", cases.timeline, name="case_timeline"),
    path("manage/calls/", calls.call_list, name="manage_calls"),
    path("manage/calls/<slug:code>/", calls.call, name="manage_call"),
    path("manage/calls/<slug:code>/form/", versions.call_form, name="call_form"),
    path(
        "manage/calls/<slug:code>/form/answers/<str:kind>/",
        versions.export_answers,
        name="answers_export",
    ),
    path("manage/calls/<slug:code>/start/", calls.start_assessment, name="start_assessment"),
    path("manage/calls/<slug:code>/invite/", calls.invite_winners, name="invite_winners"),
]
