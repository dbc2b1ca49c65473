"""What the record says of organisations, their people, and what moves when they merge.

An organisation reads what concerns its own people; who was asked in by whom stays with the
department and those who did it.
"""

from carefund.audit.telling import kept_inside, told, told_whole

told_whole("organisation.rename", "Name changed")
told_whole("organisation.change_code", "GSS code changed")
told_whole("organisation.add_domain", "Email domain added")
told_whole("organisation.end_domain", "Email domain ended")
told_whole("organisation.merge", "Merged: the successor goes on with what was live")
told_whole("membership.start", "Role given")
told_whole("membership.end", "Role ended")
kept_inside("invitation.send", "Invitation sent")
kept_inside("invitation.resend", "Invitation sent again, with a new link")
kept_inside("invitation.revoke", "Invitation taken back")
kept_inside("invitation.accept", "Invitation accepted")
kept_inside("join_request.ask", "Asked to join")
kept_inside("join_request.approved", "Let in")
kept_inside("join_request.declined", "Not let in")
# Read on the bid or project: that there are guests, not who they are.
told("guest.invite", "Guest invited")
told("guest.begin", "Guest let in")
told("guest.end", "Guest’s access ended")
told_whole("bid.hand_over", "Bid handed over to another organisation")
told_whole("offer.hand_over", "Offer handed over to another organisation")
told_whole("project.hand_over", "Project handed over to another organisation")
