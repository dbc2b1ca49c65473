from carefund.core.privacy import WHO_SAW, called, kept

from .models import (
    ChangeRequest,
    LevelCondition,
    MilestoneFact,
    MonitoringReturn,
    ProjectGuest,
    ProjectHolder,
    RiskAssessment,
)

kept(MilestoneFact, "recorded_by")
kept(RiskAssessment, "recorded_by")
kept(MonitoringReturn, "submitted_by")
kept(LevelCondition, "set_by")
kept(ChangeRequest, "requested_by", "decided_by")
called(ProjectGuest, "guest access to projects")
kept(ProjectGuest, "user", "given_by", "ended_by", because=WHO_SAW)
kept(ProjectHolder, "recorded_by")
