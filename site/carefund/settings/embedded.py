import secrets

from .base import *
from .base import VAR, databases, env

DEBUG = env.bool("CAREFUND_DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
VAR.mkdir(parents=True, exist_ok=True)


def _secret_key():
    """One key per installation, made at the first start and readable by its owner only."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _secret_key()
DATABASES = databases(VAR / "carefund.sqlite3")
# In the database, so that all processes count tries in the same place.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "carefund_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
CAREFUND_EXAMPLE = env.bool("CAREFUND_EXAMPLE", default=True)

EMAIL_BACKEND = "carefund.notify.backends.folder.FolderBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "Digital Care Fund <no-reply@carefund.example>"

for _folder in ("in", "out", "done", "control"):
    (VAR / "broker" / _folder).mkdir(parents=True, exist_ok=True)
CELERY_BROKER_URL = env("BROKER_URL", default="filesystem://localhost/")
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT = "carefund.core.work.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "in"),
        "data_folder_out": str(VAR / "broker" / "in"),
        "processed_folder": str(VAR / "broker" / "done"),
        "control_folder": str(VAR / "broker" / "control"),
        "store_processed": False,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
