from carefund.core.privacy import EDITORIAL, Rows, Rule, Tie, kept, personal, retain, tie

from .models import CallUpdate, Clarification, Follower, FollowRequest

kept(CallUpdate, "by", because=EDITORIAL)
kept(Clarification, "answered_by", because=EDITORIAL)
kept(
    Clarification,
    "asked_by",
    because="It shows what was asked before money was awarded. The account behind it loses its "
    "name.",
)
personal(Clarification, "asked")


def forget_followers(rows: Rows) -> int:
    return rows.delete()[0]


tie(Tie(Follower, "person", erase=forget_followers, says="Which calls they follow."))
retain(
    Rule(
        key="follow-requests",
        title="Requests to follow calls",
        days=30,
        counted_from="when somebody asked",
        effect="The request is deleted, with its address. Who confirmed it goes on following.",
        due=lambda before: FollowRequest.objects.filter(asked_at__lt=before),
        erase=forget_followers,
    )
)
