"""Every URL declares who may enter; what declares nothing stays shut (middleware.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .errors import NotAllowed

View = Callable[..., HttpResponseBase]
# Asks a person to confirm that it is them; None when they did so a moment ago.
Challenge = Callable[[HttpRequest], HttpResponseBase | None]
_challenges: list[Challenge] = []


@dataclass(frozen=True)
class Access:
    """`public`, `signed in`, or a permission; `on_object` where the view asks per object."""

    rule: str
    on_object: bool = False


def public(view: View) -> View:
    """Anyone may enter."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any person with an account may enter; what they see is theirs alone."""
    return _guarded(view, Access("signed in"), lambda user: True)


def permitted(permission: str) -> Callable[[View], View]:
    """Whoever holds `permission` without regard to an object may enter."""

    def declare(view: View) -> View:
        return _guarded(view, Access(permission), lambda user: user.has_perm(permission))

    return declare


def permitted_on_object(permission: str) -> Callable[[View], View]:
    """The view fetches its object through the slice's door, which asks for `permission`."""

    def declare(view: View) -> View:
        return _guarded(view, Access(permission, on_object=True), lambda user: True)

    return declare


def register_challenge(challenge: Challenge) -> None:
    """Called once, by `accounts`, which knows how people confirm that it is them."""
    if challenge not in _challenges:
        _challenges.append(challenge)


def fresh(view: View) -> View:
    """The person confirms who they are just before: for money, roles and what is published.

    Stands below the decorator that says who may enter. What was sent is kept while they confirm
    and sent again when they say so; it is never dropped and never done by itself.
    """

    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        for challenge in _challenges:
            response = challenge(request)
            if response is not None:
                return response
        return view(request, *args, **kwargs)

    confirmed.asks_again = True  # type: ignore[attr-defined]
    return confirmed


def fresh_to_send(view: View) -> View:
    """As `fresh`, on pages that are read as well as sent: only sending asks again."""
    asks = fresh(view)

    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (asks if request.method == "POST" else view)(request, *args, **kwargs)

    confirmed.asks_again = True  # type: ignore[attr-defined]
    return confirmed


def _guarded(view: View, access: Access, may_enter: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_enter(user):
            raise NotAllowed
        # Read by now: rules ask them so often that going through Django's stand-in takes its time.
        request.user = getattr(user, "_wrapped", user)
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded
