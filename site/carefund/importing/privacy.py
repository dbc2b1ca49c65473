from carefund.core.privacy import kept

from .models import ImportRun

kept(ImportRun, "uploaded_by")
