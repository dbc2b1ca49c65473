import hashlib
import json
from collections.abc import Mapping
from typing import Any

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.questions.answers import Problem, problems
from carefund.questions.definition import FormDefinition

from .models import Bid


def form_of(bid: Bid) -> FormDefinition:
    return FormDefinition.parse(bid.form.definition)


def answers_of(bid: Bid) -> dict[str, Any]:
    """Question key -> stored value, as saved now."""
    return dict(bid.answers.values_list("question", "value"))


def problems_of(bid: Bid) -> list[Problem]:
    """What still stands between the bid and its certificate."""
    return problems(form_of(bid), answers_of(bid))


def people_of(bid: Bid, *roles: AuthorityRole) -> list[User]:
    """Members of the bidding organisation who hold one of `roles` now."""
    current = User.objects.filter(
        memberships__organisation=bid.organisation_id,
        memberships__role__in=roles,
        memberships__ended_at__isnull=True,
    )
    return list(current.distinct().order_by("pk"))


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in one canonical spelling, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
