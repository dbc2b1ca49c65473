from carefund.audit.telling import kept_inside

kept_inside("budget_line.change_budget", "Budget changed")
