from django.urls import path

from .views import ledger, organisations, people

app_name = "funds"
PERSON = "manage/people/<int:pk>/"
ORGANISATION = "manage/organisations/<int:pk>/"
urlpatterns = [
    path("manage/ledger/", ledger.programmes, name="programmes"),
    path("manage/ledger/<slug:code>/", ledger.ledger, name="ledger"),
    path("manage/ledger/<slug:code>/entries/", ledger.entries, name="entries"),
    path("manage/ledger/<slug:code>/budget/", ledger.change_budget, name="change_budget"),
    path("manage/people/", people.people, name="people"),
    path("manage/people/invite/", people.invite, name="invite"),
    path("manage/people/invitations/<int:number>/resend/", people.resend, name="resend"),
    path("manage/people/invitations/<int:number>/revoke/", people.revoke, name="revoke"),
    path(PERSON, people.person, name="person"),
    path(PERSON + "roles/<int:number>/end/", people.end_role, name="end_role"),
    path("manage/organisations/", organisations.register, name="organisations"),
    path("manage/organisations/merge/", organisations.merge, name="merge"),
    path(ORGANISATION, organisations.organisation, name="organisation"),
    path(ORGANISATION + "administrator/", organisations.administrator, name="administrator"),
    path(ORGANISATION + "name/", organisations.rename, name="rename"),
    path(ORGANISATION + "code/", organisations.code, name="code"),
    path(ORGANISATION + "domains/new/", organisations.domain, name="domain"),
    path(ORGANISATION + "domains/<int:number>/end/", organisations.end_domain, name="end_domain"),
]
