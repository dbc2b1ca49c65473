from carefund.audit.telling import kept_inside, told_whole

told_whole("budget_line.change_budget", "Budget changed")
kept_inside("programme.create", "Programme begun")
kept_inside("programme.update", "Programme changed")
kept_inside("programme.save_themes", "Themes changed")
kept_inside("programme.add_source", "Funding source added")
kept_inside("programme.remove_source", "Funding source removed")
kept_inside("programme.answer_requirement", "Minimum requirement answered")
kept_inside("programme.review", "Annual review written down")
kept_inside("virement.propose", "Change of the budget proposed")
kept_inside("virement.approve", "Change of the budget approved")
kept_inside("virement.decline", "Change of the budget declined")
kept_inside("virement.withdraw", "Change of the budget withdrawn")
