from carefund.core.privacy import kept

from .models import BenefitForecast, BenefitObservation, Verification

kept(BenefitForecast, "recorded_by")
kept(BenefitObservation, "recorded_by")
kept(Verification, "recorded_by", "verified_by")
