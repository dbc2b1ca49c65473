from django.urls import path

from .views import cases, panel, pool, scoring, sift

app_name = "assessment"
CALL, BID = "manage/calls/<slug:code>/", "manage/bids/<str:reference>/"
OWN = "manage/assessments/<int:number>/"
urlpatterns = [
    path("manage/assessments/", scoring.own_list, name="list"),
    path(OWN, scoring.detail, name="detail"),
    path(f"{OWN}keep/", scoring.keep, name="keep"),
    path(f"{OWN}decline/", scoring.decline, name="decline"),
    path(f"{OWN}bid/", scoring.whole_bid, name="whole_bid"),
    path(f"{OWN}reopen/", cases.reopen, name="reopen"),
    path(f"{BID}checks/", cases.checks, name="checks"),
    path(f"{BID}checks/accept/<slug:key>/", sift.override, name="override"),
    path(f"{BID}checks/due-diligence/", sift.due_diligence, name="due_diligence"),
    path(f"{BID}checks/subsidy/", sift.subsidy, name="subsidy"),
    path(f"{BID}checks/similar/<int:number>/", sift.likeness, name="likeness"),
    path(f"{BID}assessment/", cases.case, name="case"),
    path(f"{BID}assessment/agree/", panel.agree, name="agree"),
    path(f"{CALL}sift/", sift.queue, name="sift"),
    path(f"{CALL}sift/similar/", sift.look, name="look"),
    path(f"{CALL}assessors/", pool.pool, name="pool"),
    path(f"{CALL}assessors/proposal/", pool.propose, name="propose"),
    path(f"{CALL}assessors/<int:number>/", pool.assessor, name="assessor"),
    path(f"{CALL}assessment/", cases.progress, name="progress"),
    path(f"{CALL}assessment/export/<slug:what>/<str:kind>/", pool.export, name="export"),
    path(f"{CALL}moderation/", panel.moderation, name="moderation"),
    path(f"{CALL}moderation/panel/", panel.panel, name="panel"),
    path(f"{CALL}ranking/", cases.ranking, name="ranking"),
    path(f"{CALL}ranking/export/<str:kind>/", cases.ranking_export, name="ranking_export"),
]
