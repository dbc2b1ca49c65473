"""Why a waiver was given stays inside; that there is one stands on what it touches."""

from carefund.audit.telling import kept_inside

kept_inside("waiver.ask", "Waiver asked for")
kept_inside("waiver.agree", "Waiver agreed")
kept_inside("waiver.decline", "Waiver declined")
kept_inside("waiver.end", "Waiver ended")
