"""Settings are found without the way of lazy objects, and are what is set at the moment."""

import pytest
from django.conf import settings
from django.test import override_settings


def test_what_is_set_for_a_while_is_seen_and_gone_afterwards():
    before = settings.PAGE_OF_THE_TEST if hasattr(settings, "PAGE_OF_THE_TEST") else None
    assert before is None
    for value in (1, 2):
        with override_settings(PAGE_OF_THE_TEST=value, DEBUG=True):
            assert (value, True) == (settings.PAGE_OF_THE_TEST, settings.DEBUG)
        assert not settings.DEBUG
        with pytest.raises(AttributeError):
            settings.PAGE_OF_THE_TEST  # noqa: B018 - that it raises is what is tested
    assert "DEBUG" in dir(settings)
