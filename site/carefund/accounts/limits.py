"""How often something may be tried: counted in the cache, by address and place together.

A limit has so many seats. Who tries takes one and keeps it for a while; taking a seat is one
atomic `add`, so several processes can never hand out the same one.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from carefund.core.addresses import client_address, network_of

from .devices import is_known


@dataclass(frozen=True)
class Limit:
    name: str
    seats: int
    seconds: int

    def take(self, *about: object) -> str | None:
        """The seat taken by one more try about these things; None when all are taken."""
        return next((key for key in self._keys(about) if cache.add(key, 1, self.seconds)), None)

    def is_full(self, *about: object) -> bool:
        return len(cache.get_many(list(self._keys(about)))) >= self.seats

    def _keys(self, about: tuple[object, ...]):
        text = "\0".join(map(str, about))
        # What people type does not become a key of the cache as it stands.
        name = sha256(f"{settings.SECRET_KEY}\0{text}".encode()).hexdigest()[:40]
        return (f"limit:{self.name}:{name}:{seat}" for seat in range(self.seats))


# Wrong passwords for one address from one place; and for all addresses from that place.
PASSWORD = Limit("password", 5, 300)
PASSWORD_PLACE = Limit("password-place", 30, 300)
# Wrong codes for one second factor, from one place; and from all unknown devices together,
# which only somebody who already has the first factor can use up.
FACTOR = Limit("factor", 5, 300)
FACTOR_STRANGERS = Limit("factor-strangers", 60, 24 * 3600)
# Guesses at one code that was sent; the code dies with the last.
CODE = Limit("code", 5, 15 * 60)
# Mails asked for one address from one place.
MAIL = Limit("mail", 5, 300)


def place(request: HttpRequest, email: str) -> str:
    """Who seems to be trying: a device the person signed in with before, else the network.

    So nobody who tries from elsewhere uses up the tries of the person themselves.
    """
    if is_known(request, email):
        return "own device"
    return network_of(client_address(request))


def free(*seats: str | None) -> None:
    """Give the seats of a try that succeeded to the next."""
    cache.delete_many([seat for seat in seats if seat])
