from carefund.audit.telling import told, told_whole

told_whole("benefit.take_over", "Promised in the bid")
told_whole("benefit.revise_forecast", "Forecast changed")
told_whole("benefit.observe", "Measurement recorded")
told("benefit.verify", "Measurement checked", "accepted", reason=True)
