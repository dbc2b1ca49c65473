"""Accounts, and the tables that libraries bring."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from carefund.accounts.models import SignInFailure
from carefund.core.privacy import EDITORIAL, Rows, Rule, Tie, called, kept, personal, retain, tie
from carefund.files.models import StoredFile
from carefund.importing.models import ImportRun
from carefund.notify.models import OutboxMessage, StoppedAddress

from .actions import remove_archives
from .models import PersonRequest

User = get_user_model()
ACCOUNT = "Part of the account."
OF_REQUESTS = "It proves that a request about a person was met."


def delete(rows: Rows) -> int:
    return rows.delete()[0]


NOUNS: dict[Any, str] = {
    APIToken: "keys for programs",
    Authenticator: "authenticator apps, passkeys and recovery codes",
    Comment: "comments on pages",
    CommentReply: "replies to comments on pages",
    EditingSession: "pages open for editing",
    EmailAddress: "email addresses",
    FormState: "half-filled forms of the CMS",
    ImportRun: "spreadsheets for import",
    ModelLogEntry: "log entries of things in the CMS",
    OutboxMessage: "messages",
    PageLogEntry: "log entries of pages",
    PageSubscription: "wishes to hear of pages",
    PersonRequest: "requests for an export or for anonymisation",
    Revision: "versions of pages",
    SignInFailure: "attempts to sign in that failed",
    SocialAccount: "accounts with the department",
    StoppedAddress: "addresses that took no mail",
    StoredFile: "files",
    TaskState: "steps of approvals in the CMS",
    UploadedFile: "unfinished uploads in the CMS",
    User.groups.through: "groups in the CMS",
    User.user_permissions.through: "permissions of their own",
    UserProfile: "settings in the CMS",
    UserSession: "sessions",
    WorkflowState: "approvals in the CMS",
}
for _model, _noun in NOUNS.items():
    called(_model, _noun)
personal(User, "name", "email", "first_name", "last_name")
tie(
    Tie(EmailAddress, "user", erase=delete, says=ACCOUNT),
    Tie(Authenticator, "user", erase=delete, says=ACCOUNT, secret=frozenset({"data"})),
    Tie(SocialAccount, "user", erase=delete, says=ACCOUNT),
    Tie(SignInFailure, "user", erase=delete, says="It shows when somebody else tried."),
    Tie(UserSession, "user", erase=delete, says=ACCOUNT, secret=frozenset({"session_key"})),
    Tie(User.groups.through, "user", erase=delete, says=ACCOUNT),
    Tie(User.user_permissions.through, "user", erase=delete, says=ACCOUNT),
    Tie(UserProfile, "user", erase=delete, says=ACCOUNT),
    Tie(EditingSession, "user", erase=delete, says=ACCOUNT),
    Tie(FormState, "user", erase=delete, says=ACCOUNT),
    Tie(APIToken, "user", erase=delete, says=ACCOUNT, secret=frozenset({"key_hash"})),
    Tie(PageSubscription, "user", erase=delete, says=ACCOUNT),
)
kept(Page, "locked_by", "owner", because=EDITORIAL)
kept(Comment, "user", "resolved_by", because=EDITORIAL)
kept(WorkflowState, "requested_by", because=EDITORIAL)
kept(TaskState, "finished_by", because=EDITORIAL)
for _model in (CommentReply, ModelLogEntry, PageLogEntry, Revision):
    kept(_model, "user", because=EDITORIAL)
for _model in (get_document_model(), get_image_model(), UploadedFile):
    kept(_model, "uploaded_by_user", because=EDITORIAL)
kept(PersonRequest, "person", "requested_by", because=OF_REQUESTS)

retain(
    Rule(
        key="sessions",
        title="Sign-in sessions",
        days=365,
        counted_from="when the session was last used",
        effect="The session with its internet address and browser is deleted.",
        due=lambda before: UserSession.objects.filter(last_seen_at__lt=before),
        erase=delete,
    ),
    Rule(
        key="sign-in-failures",
        title="Attempts to sign in that failed",
        days=365,
        counted_from="when it was tried",
        effect="The note of it, with the internet address, is deleted.",
        due=lambda before: SignInFailure.objects.filter(at__lt=before),
        erase=delete,
    ),
    Rule(
        key="exports",
        title="Exports of a person’s data",
        days=7,
        counted_from="when the export was made",
        effect="The archive is deleted. That it was made stays on the record.",
        due=lambda before: PersonRequest.objects.filter(finished_at__lt=before).exclude(archive=""),
        erase=lambda rows: remove_archives(rows=rows),
    ),
)
