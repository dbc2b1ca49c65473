import pytest

from carefund.core import navigation
from carefund.core.navigation import NavItem


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr(navigation, "_providers", [])
    return navigation.register


def test_items_come_in_order_from_every_slice_once(registered):
    first = registered(lambda _user: [NavItem("Reports", "/reports/", order=20)])
    registered(lambda _user: [NavItem("Calls", "/calls/", order=10)])
    registered(first)
    assert [item.text for item in navigation.items_for("somebody")] == ["Calls", "Reports"]


def test_items_depend_on_who_asks(registered):
    registered(lambda user: [NavItem("Today", "/manage/")] if user == "officer" else [])
    assert navigation.items_for("visitor") == []
    assert [item.text for item in navigation.items_for("officer")] == ["Today"]


def test_only_the_nearest_item_is_active(registered):
    registered(lambda _user: [NavItem("Home", "/"), NavItem("Manage", "/manage/")])
    registered(lambda _user: [NavItem("Bids", "/manage/bids/")])
    active = [i.text for i in navigation.items_for("x", "/manage/bids/7/") if i.active]
    assert active == ["Bids"]
    assert not any(item.active for item in navigation.items_for("x", "/elsewhere/"))


def test_unregister_takes_an_item_away(registered):
    provider = registered(lambda _user: [NavItem("Home", "/")])
    navigation.unregister(provider)
    assert navigation.items_for("x") == []
