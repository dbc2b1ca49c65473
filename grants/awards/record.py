"""Rounds stay inside; offers are told to those who get them."""

from carefund.audit.telling import kept_inside, told, told_whole

kept_inside("allocation_round.make", "Round made")
kept_inside("allocation_round.choose", "Choice changed")
kept_inside("allocation round.recommend", "Recommended")
kept_inside("allocation round.return_to_draft", "Returned to draft")
kept_inside("allocation round.approve", "Approved")
kept_inside("allocation round.abandon", "Abandoned")
told_whole("offer.accept", "Offer accepted")
told_whole("offer.decline", "Offer declined")
told("offer.expire", "Offer ran out")
