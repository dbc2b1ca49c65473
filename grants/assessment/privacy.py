from carefund.core.privacy import PUBLIC_MONEY, Tie, kept, personal, tie

from .models import (
    Assignment,
    Attendance,
    CheckOverride,
    DueDiligence,
    EligibilityCheck,
    Likeness,
    Panel,
    PanelDecision,
    PoolMember,
    ScoreDraft,
    SubsidyTest,
)

kept(EligibilityCheck, "checked_by")
tie(Tie(Assignment, "assessor", keep=PUBLIC_MONEY, names_person=True))
personal(Assignment, "conflict_note", "declined_because")
personal(ScoreDraft, "private_note")
for decision in (CheckOverride, DueDiligence, SubsidyTest, PanelDecision):
    kept(decision, "by")
kept(Likeness, "noted_by")
kept(Panel, "made_by")
tie(Tie(Attendance, "person", keep=PUBLIC_MONEY, names_person=True))
tie(Tie(PoolMember, "person", keep=PUBLIC_MONEY, names_person=True))
personal(PoolMember, "employer")
