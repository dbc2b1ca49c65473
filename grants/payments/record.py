"""A claim's authority reads what happened to it."""

from carefund.audit.telling import told, told_whole

told_whole("claim.make", "Claim made")
told_whole("claim.change", "Claim changed")
told_whole("claim.certify", "Claim certified")
told_whole("claim.reopen", "Claim reopened")
told_whole("claim.submit", "Claim submitted")
told_whole("claim.withdraw", "Claim withdrawn")
told("claim.return_to_authority", "Claim sent back", reason=True)
told("claim.approve", "Claim approved")
told("claim.refuse", "Claim refused", reason=True)
told("claim.pay", "Claim paid")
told("project.recover", "Grant to be paid back", reason=True)
told("project.give_back", "Rest of the grant gone back to the budget", reason=True)
