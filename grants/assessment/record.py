"""Scores, conflicts and notes of assessors stay inside the department."""

from carefund.audit.telling import kept_inside

kept_inside("assessment.assign", "Assessor assigned")
kept_inside("assessment.declare_conflict", "Conflict of interest declared")
kept_inside("assessment.declare_no_conflict", "No conflict of interest declared")
kept_inside("assessment.save_score", "Score saved")
kept_inside("assessment.submit_scores", "Scores submitted")
kept_inside("assessment.reopen", "Scores reopened")
