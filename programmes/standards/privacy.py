from carefund.core.privacy import kept

from .models import SelfAssessment

kept(SelfAssessment, "recorded_by")
