"""Who belongs to an organisation: invited, joined, changed, gone."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole as Role
from carefund.audit.models import Entry
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from programmes.organisations import actions
from programmes.organisations.actions import LastAdministrator
from programmes.organisations.models import JoinRequest, Membership, OrganisationDomain
from programmes.organisations.queries import fingerprint, members_of
from tests import make


def invited(s, email="new@here.example", roles=(Role.BID_AUTHOR,), **more):
    return actions.invite(
        organisation=s.authority,
        email=email,
        name="New Person",
        roles=roles,
        by=s.people.chief,
        **more,
    )


def link(invitation):
    return reverse("organisations:invitation", args=[invitation.token])


def roles_of(organisation, user):
    rows = Membership.objects.current().filter(organisation=organisation, user=user)
    return sorted(rows.values_list("role", flat=True))


def test_an_invitation_makes_an_account_and_is_taken_up_once(client, story):
    invitation = invited(story, roles=[Role.FINANCE_CERTIFIER], capacity="deputy")
    assert invitation.token not in str(vars(make.fresh(invitation)))
    mail = OutboxMessage.objects.get(address="new@here.example")
    assert link(invitation) in mail.text
    page = client.get(link(invitation))
    assert page.status_code == 200
    assert not User.objects.filter(email="new@here.example").exists()
    assert client.post(link(invitation)).url == reverse("organisations:accepted")
    person = User.objects.get(email="new@here.example")
    assert EmailAddress.objects.get(user=person).verified
    membership = Membership.objects.get(user=person)
    assert (membership.role, membership.capacity) == ("finance_certifier", "deputy")
    again = client.post(link(invitation))
    assert again.status_code == 404
    assert "has been accepted" in again.content.decode()
    assert Membership.objects.filter(user=person).count() == 1


def test_the_pages_are_the_same_for_whoever_has_an_account(client, story):
    new, known = invited(story), invited(story, email=story.people.stranger.email)
    pages = [client.get(link(row)).content.decode() for row in (new, known)]
    texts = [re.sub(r"csrfmiddlewaretoken[^>]*>|nonce=\S+|[\w.]+@\S+", "", page) for page in pages]
    assert texts[0] == texts[1]
    assert client.post(link(new)).url == client.post(link(known)).url
    assert roles_of(story.authority, story.people.stranger) == ["bid_author"]


@pytest.mark.parametrize("how", ["expired", "revoked", "sent again", "unknown"])
def test_an_invitation_that_is_over_says_so(client, story, known_time, how):
    invitation = invited(story)
    if how == "expired":
        known_time.shift(timedelta(days=7, seconds=1))
    elif how == "revoked":
        actions.revoke(invitation=invitation, by=story.people.chief)
    elif how == "sent again":
        newer = actions.resend(invitation=invitation, by=story.people.chief)
        assert client.get(link(newer)).status_code == 200
    else:
        invitation.token = "x" * 40
    for ask in (client.get, client.post):
        page = ask(link(invitation))
        assert page.status_code == 404
        words = {"expired": "has expired", "revoked": "was taken back"}
        assert words.get(how, "no such invitation") in page.content.decode()
    assert not User.objects.filter(email="new@here.example").exists()


def test_somebody_else_cannot_take_it_up(client, story):
    invitation = invited(story)
    client.force_login(story.people.stranger)
    page = client.post(link(invitation))
    assert page.status_code == 403
    assert "new@here.example" not in page.content.decode()
    assert make.fresh(invitation).accepted_at is None


def test_an_invitation_is_not_accepted_by_who_sent_it(story):
    second = EmailAddress(user=story.people.chief, email="chief@elsewhere.example", verified=True)
    second.save()
    invitation = invited(story, email="chief@elsewhere.example")
    with pytest.raises(Refused, match="yourself"):
        actions.accept_invitation(invitation=invitation, as_user=story.people.chief)


def test_only_the_administrator_invites_and_changes(story):
    for person in (story.people.author, story.people.stranger, story.people.officer):
        with pytest.raises(NotAllowed):
            actions.invite(
                organisation=story.authority,
                email="a@b.example",
                name="A",
                roles=["viewer"],
                by=person,
            )
        with pytest.raises(NotAllowed):
            actions.change_roles(
                organisation=story.authority, user=story.people.viewer, roles=["viewer"], by=person
            )


def test_nobody_changes_their_own_roles(story):
    with pytest.raises(NotAllowed, match="own roles"):
        actions.change_roles(
            organisation=story.authority,
            user=story.people.chief,
            roles=["org_administrator", "finance_certifier"],
            by=story.people.chief,
        )
    with (
        pytest.raises(IntegrityError, match=r"membership_given_by_another|CHECK"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            organisation=story.authority,
            user=story.people.chief,
            role="viewer",
            started_by=story.people.chief,
        )


def test_an_organisation_keeps_its_last_administrator(story):
    second = make.member(story.authority, Role.ADMINISTRATOR, "Second Chief")
    change = {"organisation": story.authority, "roles": ["viewer"]}
    actions.change_roles(**change, user=story.people.chief, by=second)
    with pytest.raises(LastAdministrator):
        actions.change_roles(**change, user=second, by=SYSTEM)
    assert roles_of(story.authority, second) == ["org_administrator"]
    User.objects.filter(pk=story.people.chief.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        actions.end_membership(organisation=story.authority, user=second, reason="x", by=SYSTEM)


def test_a_leaver_loses_access_at_once_and_leaves_a_history(client, story):
    bid, author = make.draft_bid(story), story.people.author
    typed = {"login": author.email, "password": "a long password"}
    assert client.post("/account/login/password/", typed).status_code == 302
    address = reverse("bids:task_list", args=[bid.reference])
    assert client.get(address).status_code == 200
    mine = invited(story)
    mine.invited_by = author
    mine.save()
    actions.end_membership(
        organisation=story.authority, user=author, reason="Left.", by=story.people.chief
    )
    assert client.get(address).url.startswith("/account/login/")
    assert not UserSession.objects.filter(user=author).exists()
    assert make.fresh(mine).state == "revoked"
    client.force_login(story.people.viewer)
    assert "Author Here" in client.get(address).content.decode()
    assert Entry.objects.filter(verb="membership.end", reason="Left.").exists()
    with pytest.raises(NotAllowed):
        bids.save_answers(bid=bid, values={"summary": "x"}, revisions={}, by=make.fresh(author))


def test_a_leaver_with_another_role_stays_signed_in(client, story):
    author = story.people.author
    Membership.objects.create(organisation=story.other, user=author, role="viewer")
    client.force_login(author)
    actions.end_membership(
        organisation=story.authority, user=author, reason="Left.", by=story.people.chief
    )
    assert client.get("/your-organisation/").status_code == 200


def test_who_certifies_says_as_what(client, story):
    client.force_login(story.people.chief)
    address = reverse("organisations:member", args=[story.authority.pk, story.people.certifier.pk])
    page = client.post(address, {"roles": ["finance_certifier"]})
    assert "section 151 officer or a deputy" in page.content.decode()
    client.post(address, {"roles": ["finance_certifier"], "capacity": "s151"})
    (row,) = Membership.objects.current().filter(user=story.people.certifier)
    assert row.words == "Finance certifier (section 151 officer)"
    client.post(address, {"roles": ["viewer"], "capacity": "s151"})
    (row,) = Membership.objects.current().filter(user=story.people.certifier)
    assert (row.role, row.capacity) == ("viewer", "")


@pytest.fixture
def domain(story):
    return OrganisationDomain.objects.create(
        organisation=story.authority, domain="here.example", valid_from=clock.today()
    )


def test_whoever_has_a_confirmed_address_asks_and_the_administrator_decides(client, story, domain):
    client.post("/join/", {"name": "Jo Newcomer", "email": "Jo@Here.example"})
    token = re.search(r"/join/confirm/([\w-]+)/", OutboxMessage.objects.latest("pk").text)[1]
    address = reverse("organisations:confirm", args=[token])
    assert "Confirm" in client.get(address).content.decode()
    assert not User.objects.filter(email="jo@here.example").exists()
    assert story.authority.name in client.post(address).content.decode()
    assert client.post(address).status_code == 404
    person = User.objects.get(email="jo@here.example")
    request = JoinRequest.objects.get(user=person)
    told = OutboxMessage.objects.filter(kind="organisations.joining_asked")
    assert [row.recipient for row in told] == [story.people.chief]
    assert not person.has_perm("organisations.view_own")
    client.force_login(story.people.chief)
    where = reverse("organisations:decide", args=[story.authority.pk, request.pk])
    page = client.post(where, {"decision": "decline"})
    assert "Say why you decline" in page.content.decode()
    client.post(where, {"decision": "approve", "roles": ["viewer"]})
    assert roles_of(story.authority, person) == ["viewer"]
    assert client.post(where, {"decision": "decline", "reason": "x"}).status_code == 404


def test_the_public_page_says_the_same_whatever_the_address(client, story, domain):
    answers = {
        (page.status_code, page.url)
        for email in ("new@here.example", story.people.author.email, "x@nowhere.example")
        for page in [client.post("/join/", {"name": "Somebody", "email": email})]
    }
    assert answers == {(302, "/join/sent/")}


def test_an_address_of_no_organisation_leads_nowhere(client, story, domain):
    client.post("/join/", {"name": "Jo", "email": "jo@nowhere.example"})
    JoinRequest.objects.update(token_hash=fingerprint("t"))
    page = client.post(reverse("organisations:confirm", args=["t"])).content.decode()
    assert story.authority.name not in page
    assert not User.objects.filter(email="jo@nowhere.example").exists()


def test_nobody_fills_the_mailbox_of_another(client, story):
    for _ in range(6):
        client.post("/join/", {"name": "Jo", "email": "victim@here.example"})
    assert OutboxMessage.objects.filter(address="victim@here.example").count() == 3


def test_a_person_joins_only_by_a_verified_address_of_today(story, domain):
    person = make.user("Jo")
    EmailAddress.objects.create(user=person, email="jo@here.example", verified=False)
    ask = {"organisation": story.authority, "by": person}
    with pytest.raises(NotAllowed):
        actions.ask_to_join(**ask)
    EmailAddress.objects.filter(email="jo@here.example").update(verified=True)
    first = actions.ask_to_join(**ask)
    assert actions.ask_to_join(**ask) == first
    domain.valid_from -= timedelta(days=9)
    domain.valid_to = clock.today()
    domain.save()
    with pytest.raises(NotAllowed):
        actions.ask_to_join(**ask)


def test_the_list_of_people_takes_the_same_queries_however_many(client, story):
    client.force_login(story.people.chief)
    address = reverse("organisations:people", args=[story.authority.pk])

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    invited(story)
    count()
    first = count()
    for number in range(3):
        make.member(story.authority, Role.VIEWER, f"Another {number}")
        invited(story, email=f"new{number}@here.example")
    assert count() == first
    assert members_of(story.authority).count() == 8
