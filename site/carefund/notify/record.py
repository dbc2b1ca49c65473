from carefund.audit.telling import kept_inside

kept_inside("address.stop", "Mail to an address stopped: it came back")
kept_inside("address.resume", "Mail to an address taken up again")
kept_inside("delivery.try_again", "Delivery of a message tried again")
