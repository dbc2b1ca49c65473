"""What the record of a bid says, and to whom."""

from carefund.audit.telling import told, told_whole

told_whole("bid.start", "Bid started")
told_whole("bid.save_answers", "Answers saved")
told_whole("bid.ask_certificate", "Certificate asked for")
told_whole("bid.return_to_author", "Returned by the finance certifier")
told_whole("bid.certify", "Certified")
told_whole("bid.reopen", "Reopened; the certificate lapsed")
told_whole("bid.submit", "Submitted")
told_whole("bid.withdraw", "Withdrawn")
told_whole("bid.carry_over", "Carried over to a corrected form")
told_whole("bid.keep_late", "Text kept that was typed into an earlier form")
told_whole("bid.register", "Published award entered")
told_whole("bid.forget_contacts", "E-mail addresses removed under the retention rule")
told("bid.pass_eligibility", "Found eligible")
told("bid.fail_eligibility", "Found not eligible", reason=True)
told("bid.start_assessment", "Assessment started")
told("bid.finish_assessment", "Assessed")
told("bid.award", "Awarded", reason=True)
told("bid.hold_in_reserve", "Put on the reserve list", reason=True)
told("bid.refuse", "Not funded", reason=True)
told("bid.decline_offer", "Offer declined", reason=True)
