"""Rounds stay inside; offers are told to those who get them."""

from carefund.audit.telling import kept_inside, told, told_whole

kept_inside("allocation_round.make", "Round made")
kept_inside("allocation_round.choose", "Choice changed")
kept_inside("allocation round.recommend", "Recommended")
kept_inside("allocation round.return_to_draft", "Returned to draft")
kept_inside("allocation_round.add_constraint", "Constraint set")
kept_inside("allocation_round.remove_constraint", "Constraint removed")
kept_inside("allocation_round.make_scenario", "Scenario worked out")
kept_inside("allocation_round.keep_selection", "Selection kept as a scenario")
kept_inside("allocation_round.use_scenario", "Scenario taken as the selection")
kept_inside("allocation round.approve", "Approval given")
kept_inside("allocation round.embargo", "Approved, to be published later")
kept_inside("allocation round.publish", "Published")
kept_inside("approval_step.add", "Approval asked for")
kept_inside("approval_step.remove", "Approval no longer asked for")
kept_inside("allocation round.abandon", "Abandoned")
told_whole("offer.accept", "Offer accepted")
told_whole("offer.decline", "Offer declined")
kept_inside("offer.move_up", "Moved up from the reserve list")
told("offer.expire", "Offer ran out")
