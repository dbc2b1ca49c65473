import logging
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carefund.settings")

app = Celery("carefund")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["carefund.core.work"])


@setup_logging.connect
def log_as_the_rest(loglevel: Any = None, **_signal: Any) -> None:
    """Workers write the same lines as the web does; `--loglevel` says how many of Celery's."""
    if loglevel is not None:
        logging.getLogger("celery").setLevel(loglevel)
