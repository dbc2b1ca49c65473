from carefund.audit.telling import kept_inside, told_whole

told_whole("budget_line.change_budget", "Budget changed")
kept_inside("staff_role.give", "Role in the department given")
kept_inside("staff_role.end", "Role in the department ended")
