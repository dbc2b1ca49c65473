from carefund.core.privacy import kept

from .models import ReportRun

kept(ReportRun, "requested_by", "cleared_by")
