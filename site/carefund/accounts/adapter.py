from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by their organisation; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False
