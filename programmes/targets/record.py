from carefund.audit.telling import kept_inside

kept_inside("target.record", "Figure entered")
