from carefund.core.privacy import PUBLIC_MONEY, Tie, kept, personal, tie

from .models import Assignment, EligibilityCheck

kept(EligibilityCheck, "checked_by")
tie(Tie(Assignment, "assessor", keep=PUBLIC_MONEY, names_person=True))
personal(Assignment, "conflict_note")
