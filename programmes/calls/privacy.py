from carefund.core.privacy import EDITORIAL, kept

from .models import CallUpdate

kept(CallUpdate, "by", because=EDITORIAL)
