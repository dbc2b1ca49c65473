"""Signed-in clients for tests: with a second factor, fresh and for ever, or just plainly."""

from importlib import import_module

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from carefund.accounts.sessions import SEEN, STARTED

# Tests move the clock by months; a session that does not matter to them stays open.
FOR_EVER = 10**11
plainly = Client.force_login


def force_login(self, user, backend=None):
    """As `client.force_login` was, and as somebody who has just shown a second factor."""
    if settings.SESSION_COOKIE_NAME in self.cookies:
        plainly(self, user, backend)
        session = self.session
    else:  # nobody was signed in, so no session ends: it can be written at once
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = backend or self._get_backend()
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    shown = {"method": "mfa", "type": "totp", "at": FOR_EVER}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session["account_authentication_methods_user"] = str(user.pk)
    session[SEEN] = session[STARTED] = FOR_EVER
    session.save()
    self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def list_session(client, user):
    """The session stands in the list that people see of theirs, as after a real sign-in."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return UserSession.objects.create(session_key=key, user=user, ip="127.0.0.1", user_agent="")


def install():
    Client.force_login = force_login
