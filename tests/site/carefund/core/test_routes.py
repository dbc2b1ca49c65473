import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import Resolver404, path, resolve, reverse

from carefund.core.routes import LONGEST, Remembered


def page(request, **given):
    return HttpResponse(repr(given))


routes = Remembered([
    path("bids/<slug:reference>/", page, name="bid"),
    path("bids/<slug:reference>/<int:number>/", page, {"more": 1}, name="answer"),
])  # fmt: skip
urlpatterns = [routes]


@override_settings(ROOT_URLCONF=__name__)
def test_address_leads_to_the_same_view_again():
    for _ in range(2):
        found = resolve("/bids/DCF-1/7/")
        assert (found.func, found.url_name) == (page, "answer")
        assert found.kwargs == {"reference": "DCF-1", "number": 7, "more": 1}
        found.kwargs["number"] = 8
    assert resolve("/bids/DCF-2/").kwargs == {"reference": "DCF-2"}
    assert reverse("answer", args=["DCF-1", 7]) == "/bids/DCF-1/7/"


@override_settings(ROOT_URLCONF=__name__)
def test_long_addresses_are_found_and_forgotten():
    routes._lately.cache_clear()
    long = "a" * LONGEST
    assert resolve(f"/bids/{long}/").kwargs == {"reference": long}
    assert routes._lately.cache_info().currsize == 0
    assert resolve("/bids/short/").kwargs == {"reference": "short"}
    assert routes._lately.cache_info().currsize == 1


@override_settings(ROOT_URLCONF=__name__)
def test_what_leads_nowhere_is_not_found_each_time():
    for _ in range(2):
        with pytest.raises(Resolver404):
            resolve("/nowhere/")
