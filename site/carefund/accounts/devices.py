"""Browsers that a person has signed in with before, and how to name a browser in words."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "cf_device"
SALT = "carefund.accounts.devices"
KEPT_SECONDS = 180 * 24 * 3600
# More people than this share no browser.
MOST_PEOPLE = 5
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def is_known(request: HttpRequest, email: str) -> bool:
    """Whether this browser has signed in as the person with this address before."""
    return _mark(email) in _people(request)


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Mark the browser as one that has signed in as this person; it proves nothing else."""
    people = [_mark(email), *(one for one in _people(request) if one != _mark(email))]
    response.set_cookie(
        COOKIE,
        signing.dumps(people[:MOST_PEOPLE], salt=SALT, compress=True),
        max_age=KEPT_SECONDS,
        path="/account/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(email: str) -> str:
    # The cookie must not tell the next person at this computer who used it before.
    return salted_hmac(SALT, email.strip().lower()).hexdigest()[:24]


def _people(request: HttpRequest) -> list[str]:
    try:
        people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return people if isinstance(people, list) else []


def words(user_agent: str) -> str:
    """“Chrome on Windows”: what a person calls their browser."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
