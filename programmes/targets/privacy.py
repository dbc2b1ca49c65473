from carefund.core.privacy import kept

from .models import TargetObservation

kept(TargetObservation, "recorded_by")
