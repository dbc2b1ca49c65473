from carefund.core.privacy import called, kept

from .models import Answer, SelfAssessment

called(SelfAssessment, "self-assessments")
called(Answer, "levels in self-assessments")
kept(SelfAssessment, "started_by", "submitted_by")
kept(Answer, "saved_by")
