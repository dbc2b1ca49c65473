"""Scores, conflicts and notes of assessors stay inside the department."""

from carefund.audit.telling import kept_inside

kept_inside("assessment.assign", "Assessor assigned")
kept_inside("assessment.declare_conflict", "Conflict of interest declared")
kept_inside("assessment.declare_no_conflict", "No conflict of interest declared")
kept_inside("assessment.save_score", "Score saved")
kept_inside("assessment.submit_scores", "Scores submitted")
kept_inside("assessment.reopen", "Scores reopened")
kept_inside("assessment.decline", "Assessment declined")
kept_inside("assessment.ask_again", "Assessor asked again")
kept_inside("assessment.describe_assessor", "Assessor described for the pool")
kept_inside("assessment.record_panel", "Panel recorded")
kept_inside("bid.override_check", "Failed check accepted")
kept_inside("bid.due_diligence", "Due diligence recorded")
kept_inside("bid.test_subsidy", "Subsidy test recorded")
kept_inside("bid.note_likeness", "Similar bid looked at")
kept_inside("bid.moderate_score", "Score agreed by a panel")
kept_inside("call.look_for_likeness", "Looked for similar bids")
