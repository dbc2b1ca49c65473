from tests.site.carefund.accounts.conftest import author, officer

__all__ = ["author", "officer"]
