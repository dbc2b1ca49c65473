"""Signed-in clients for tests: with a second factor, fresh and for ever, or just plainly."""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from carefund.accounts.sessions import SEEN, STARTED

# Tests move the clock by months; a session that does not matter to them stays open.
FOR_EVER = 10**11
plainly = Client.force_login


def force_login(self, user, backend=None):
    """As `client.force_login` was, and as somebody who has just shown a second factor."""
    plainly(self, user, backend)
    session = self.session
    shown = {"method": "mfa", "type": "totp", "at": FOR_EVER}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session["account_authentication_methods_user"] = str(user.pk)
    session[SEEN] = session[STARTED] = FOR_EVER
    session.save()


def install():
    Client.force_login = force_login
