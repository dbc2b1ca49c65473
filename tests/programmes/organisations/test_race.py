"""Two administrators who end each other at the same moment: one of them stays."""

import pytest
from django.db import connection

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core.errors import Refused
from programmes.organisations import actions
from programmes.organisations.models import Organisation
from programmes.organisations.queries import administrators_of
from tests import make
from tests.programmes.funds.test_race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_last_administrator_stays_when_two_end_each_other_at_once():
    place = make.authority()
    pair = [make.member(place, AuthorityRole.ADMINISTRATOR) for _ in range(2)]

    def end(who):
        by = User.objects.get(pk=pair[1 - who].pk)
        try:
            actions.end_membership(
                organisation=Organisation.objects.get(pk=place.pk),
                user=User.objects.get(pk=pair[who].pk),
                reason="Race",
                by=by,
            )
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    results = at_once(end, [0, 1])
    assert sum(isinstance(found, Refused) for found in results) == 1
    assert len(administrators_of(place)) == 1
