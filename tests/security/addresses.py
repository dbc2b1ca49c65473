"""Every address of the service, with plain values where it takes some."""

from django.urls import NoReverseMatch, get_resolver, reverse

PLAIN = {"reference": "X-1", "code": "x", "kind": "csv", "name": "json", "key": "k", "path": "x"}
NOT_OURS = ("/cms/", "/static/", "/documents/", "/health/")


def _named(resolver, space=""):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = entry.namespace or ""
            yield from _named(entry, f"{space}{inner}:" if inner else space)
        elif entry.name:
            yield f"{space}{entry.name}", entry.pattern.converters


def every_address():
    found = set()
    for name, takes in _named(get_resolver()):
        values = {one: PLAIN.get(one, _plain(kind)) for one, kind in takes.items()}
        try:
            address = reverse(name, kwargs=values)
        except NoReverseMatch:
            continue
        if not address.startswith(NOT_OURS):
            found.add(address)
    return sorted(found)


def _plain(converter):
    kind = type(converter).__name__
    if kind == "UUIDConverter":
        return "00000000-0000-4000-8000-000000000000"
    return 1 if kind == "IntConverter" else "x"
