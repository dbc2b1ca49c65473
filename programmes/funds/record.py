from carefund.audit.telling import told_whole

told_whole("budget_line.change_budget", "Budget changed")
