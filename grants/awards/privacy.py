from carefund.core.privacy import kept

from .models import Agreement, AllocationRound, Offer

kept(AllocationRound, "made_by", "recommended_by", "approved_by")
kept(Offer, "answered_by")
kept(Agreement, "accepted_by")
