"""What the record says of accounts, which stand below it and cannot say it themselves."""

from .telling import kept_inside

kept_inside("sign_in.start", "Signed in")
kept_inside("sign_in.end", "Signed out")
kept_inside("sign_in.confirm", "Confirmed that it was them")
kept_inside("sign_in.fail", "Sign-in failed")
kept_inside("second_step.add", "Second step added")
kept_inside("second_step.remove", "Second step removed")
kept_inside("second_step.renew", "Recovery codes made anew")
kept_inside("person.change_address", "Email address changed")
kept_inside("person.change_password", "Password changed")
kept_inside("person.remove_password", "Password removed")
