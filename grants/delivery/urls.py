from django.urls import path

from .views import changes, closing, conditions, guests, milestones, projects, returns, risks

app_name = "delivery"
ONE = "projects/<str:reference>/"
MILESTONE = ONE + "milestones/<int:position>/"
RETURN = ONE + "returns/<int:pk>/"
urlpatterns = [
    path("manage/projects/", projects.projects, name="list"),
    path("manage/milestones/", milestones.milestones, name="milestones"),
    path("manage/returns/", returns.returns, name="returns"),
    path("projects/", projects.own_projects, name="own"),
    path(ONE, projects.project, name="project"),
    path(ONE + "people/", guests.people, name="people"),
    path(ONE + "people/invite/", guests.invite, name="invite_guest"),
    path(ONE + "people/<int:number>/end/", guests.end, name="end_guest"),
    path(ONE + "story/", projects.story, name="story"),
    path(ONE + "complete/", closing.complete, name="complete"),
    path(ONE + "pause/", closing.pause, name="pause"),
    path(ONE + "resume/", closing.resume, name="resume"),
    path(ONE + "end/", closing.end_early, name="end_early"),
    path(MILESTONE, milestones.milestone, name="milestone"),
    path(MILESTONE + "report/", milestones.report, name="report"),
    path(MILESTONE + "forecast/", milestones.forecast, name="forecast"),
    path(MILESTONE + "confirm/", milestones.confirm, name="confirm"),
    path(MILESTONE + "send-back/", milestones.send_back, name="send_back"),
    path(ONE + "returns/new/", returns.ask, name="ask_return"),
    path(RETURN, returns.monitoring_return, name="return"),
    path(RETURN + "submit/", returns.submit, name="submit_return"),
    path(RETURN + "accept/", returns.accept, name="accept_return"),
    path(RETURN + "send-back/", returns.send_back, name="send_back_return"),
    path(ONE + "conditions/new/", conditions.add, name="add_condition"),
    path(ONE + "conditions/<int:pk>/confirm/", conditions.confirm, name="confirm_condition"),
    path(ONE + "conditions/<int:pk>/release/", conditions.release, name="release_condition"),
    path(ONE + "risks/new/", risks.add_risk, name="add_risk"),
    path(ONE + "risks/<int:pk>/assess/", risks.assess_risk, name="assess_risk"),
    path(ONE + "risks/<int:pk>/close/", risks.close_risk, name="close_risk"),
    path(ONE + "changes/new/", changes.ask_change, name="ask_change"),
    path(ONE + "changes/new/<str:kind>/", changes.ask_change_of, name="ask_change_of"),
    path(ONE + "changes/<int:pk>/decide/", changes.decide_change, name="decide_change"),
    path(ONE + "changes/<int:pk>/withdraw/", changes.withdraw_change, name="withdraw_change"),
]
