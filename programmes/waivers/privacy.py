from carefund.core.privacy import kept

from .models import Waiver

kept(Waiver, "asked_by", "agreed_by", "ended_by")
