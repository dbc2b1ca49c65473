from carefund.audit.telling import kept_inside, told_whole

told_whole("self-assessment.start", "Self-assessment started")
told_whole("self-assessment.answer", "Measure answered")
told_whole("self-assessment.remove_file", "Evidence file removed")
told_whole("self-assessment.submit", "Self-assessment submitted")
told_whole("self-assessment.discard", "Self-assessment discarded")
kept_inside("call.demand_level", "Level asked for")
kept_inside("call.drop_level", "Level no longer asked for")
