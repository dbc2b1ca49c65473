from carefund.audit.telling import told_whole

told_whole("report.request", "Report asked for")
told_whole("report.finish", "Report made")
told_whole("report.fail", "Report could not be made")
told_whole("report.retry", "Tried again")
told_whole("report.clear", "Cleared")
told_whole("report.withdraw", "Withdrawn")
