from carefund.core.privacy import kept

from .models import Agreement, AllocationRound, Approval, ApprovalStep, Offer, Scenario

kept(AllocationRound, "made_by", "recommended_by", "approved_by")
kept(Scenario, "made_by")
kept(ApprovalStep, "person")
kept(Approval, "given_by")
kept(Offer, "answered_by")
kept(Agreement, "accepted_by")
