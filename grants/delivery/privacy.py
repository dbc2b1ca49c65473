from carefund.core.privacy import kept

from .models import ChangeRequest, MilestoneFact, MonitoringReturn, RiskAssessment

kept(MilestoneFact, "recorded_by")
kept(RiskAssessment, "recorded_by")
kept(MonitoringReturn, "submitted_by")
kept(ChangeRequest, "requested_by", "decided_by")
