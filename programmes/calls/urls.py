from django.urls import path

from .views import asking, following, public, running

app_name = "calls"
CALL = "manage/calls/<slug:code>/"
CUT_OFF = CALL + "cut-offs/<int:number>/"
urlpatterns = [
    path("calls/feed.rss", public.feed_rss, name="feed_rss"),
    path("calls/feed.atom", public.feed_atom, name="feed_atom"),
    path("calls/follow/", following.follow, name="follow"),
    path("calls/follow/sent/", following.follow_sent, name="follow_sent"),
    path("calls/follow/stop/", following.stop, name="stop"),
    path(
        "calls/follow/confirm/<str:token>/", following.confirm_following, name="confirm_following"
    ),
    path("calls/stop/<str:link>/", following.stop_following, name="stop_following"),
    path("calls/<slug:code>/dates.ics", public.dates, name="dates"),
    path("calls/<slug:code>/ask/", asking.ask, name="ask"),
    path(CALL + "announce/", running.announce, name="announce"),
    path(CALL + "review/", running.send_for_review, name="send_for_review"),
    path(CALL + "draft/", running.return_to_draft, name="return_to_draft"),
    path(CALL + "archive/", running.archive, name="archive"),
    path(CALL + "extend/", running.extend, name="extend"),
    path(CALL + "update/", running.update, name="update"),
    path(CALL + "copy/", running.copy, name="copy"),
    path(CALL + "cut-offs/", running.cut_offs, name="cut_offs"),
    path(CUT_OFF + "assess/", running.assess_cut_off, name="assess_cut_off"),
    path(CUT_OFF + "remove/", running.remove_cut_off, name="remove_cut_off"),
    path(CALL + "questions/", asking.clarifications, name="clarifications"),
    path(CALL + "questions/<int:number>/", asking.clarification, name="clarification"),
]
