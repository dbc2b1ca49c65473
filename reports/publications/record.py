from carefund.audit.telling import kept_inside

kept_inside("report.request", "Report asked for")
kept_inside("report.finish", "Report made")
kept_inside("report.fail", "Report could not be made")
kept_inside("report.retry", "Tried again")
kept_inside("report.clear", "Cleared")
kept_inside("report.withdraw", "Withdrawn")
