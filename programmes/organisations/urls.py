from django.urls import path

from .views import entering, people

app_name = "organisations"
PEOPLE = "your-organisation/people/<int:pk>/"
urlpatterns = [
    path("your-organisation/people/", people.start, name="start"),
    path(PEOPLE, people.people, name="people"),
    path(PEOPLE + "invite/", people.invite, name="invite"),
    path(PEOPLE + "invitations/<int:number>/resend/", people.resend, name="resend"),
    path(PEOPLE + "invitations/<int:number>/revoke/", people.revoke, name="revoke"),
    path(PEOPLE + "members/<int:user>/", people.member, name="member"),
    path(PEOPLE + "members/<int:user>/end/", people.end_membership, name="end_membership"),
    path(PEOPLE + "requests/<int:number>/", people.decide, name="decide"),
    path(PEOPLE + "guests/<slug:kind>/<int:number>/end/", people.end_guest, name="end_guest"),
    path("invitations/accepted/", entering.accepted, name="accepted"),
    path("invitations/<str:token>/", entering.invitation, name="invitation"),
    path("join/", entering.join, name="join"),
    path("join/sent/", entering.join_sent, name="join_sent"),
    path("join/own/", entering.join_own, name="join_own"),
    path("join/confirm/<str:token>/", entering.confirm, name="confirm"),
]
