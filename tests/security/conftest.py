from tests.access.conftest import bare_pages
from tests.site.carefund.accounts.conftest import author, officer

__all__ = ["author", "bare_pages", "officer"]
