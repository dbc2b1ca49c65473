from carefund.core.privacy import kept

from .models import (
    Agreement,
    AllocationRound,
    AmendmentApproval,
    Approval,
    ApprovalStep,
    Clause,
    Determination,
    FunderSignature,
    Offer,
    OfferAmendment,
    OfferMessage,
    Scenario,
)

kept(AllocationRound, "made_by", "recommended_by", "approved_by")
kept(Scenario, "made_by")
kept(ApprovalStep, "person")
kept(Approval, "given_by")
kept(Offer, "answered_by")
kept(OfferAmendment, "proposed_by")
kept(AmendmentApproval, "given_by")
kept(Clause, "made_by")
kept(Determination, "made_by", "issued_by", "paid_by")
kept(OfferMessage, "sent_by")
kept(FunderSignature, "signed_by")
kept(Agreement, "accepted_by")
