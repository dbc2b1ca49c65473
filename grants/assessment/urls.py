from django.urls import path

from .views import cases, scoring

app_name = "assessment"
urlpatterns = [
    path("manage/assessments/", scoring.own_list, name="list"),
    path("manage/assessments/<int:number>/", scoring.detail, name="detail"),
    path("manage/assessments/<int:number>/bid/", scoring.whole_bid, name="whole_bid"),
    path("manage/assessments/<int:number>/reopen/", cases.reopen, name="reopen"),
    path("manage/bids/<str:reference>/checks/", cases.checks, name="checks"),
    path("manage/bids/<str:reference>/assessment/", cases.case, name="case"),
    path("manage/calls/<slug:code>/assessment/", cases.progress, name="progress"),
    path("manage/calls/<slug:code>/ranking/", cases.ranking, name="ranking"),
    path(
        "manage/calls/<slug:code>/ranking/export/<str:kind>/",
        cases.ranking_export,
        name="ranking_export",
    ),
]
