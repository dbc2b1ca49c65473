from django.urls import path

from .views import ledger, organisations, people, programmes, virements

app_name = "funds"
PERSON = "manage/people/<int:pk>/"
ORGANISATION = "manage/organisations/<int:pk>/"
PROGRAMME = "manage/programmes/<slug:code>/"
VIREMENT = PROGRAMME + "virements/<int:number>/"
urlpatterns = [
    path("manage/programmes/", programmes.programmes, name="portfolio"),
    path("manage/programmes/new/", programmes.new_programme, name="new_programme"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(PROGRAMME + "change/", programmes.change, name="change_programme"),
    path(PROGRAMME + "sources/new/", programmes.source, name="source"),
    path(PROGRAMME + "sources/<int:number>/", programmes.remove_source, name="remove_source"),
    path(PROGRAMME + "requirements/<int:number>/", programmes.requirement, name="requirement"),
    path(PROGRAMME + "review/", programmes.review, name="review"),
    path(PROGRAMME + "virements/", virements.virements, name="virements"),
    path(PROGRAMME + "virements/new/", virements.propose, name="propose_virement"),
    path(VIREMENT, virements.virement, name="virement"),
    path(VIREMENT + "approve/", virements.approve, name="approve_virement"),
    path(VIREMENT + "decline/", virements.decline, name="decline_virement"),
    path(VIREMENT + "withdraw/", virements.withdraw, name="withdraw_virement"),
    path("manage/ledger/", ledger.programmes, name="programmes"),
    path("manage/ledger/<slug:code>/", ledger.ledger, name="ledger"),
    path("manage/ledger/<slug:code>/entries/", ledger.entries, name="entries"),
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
