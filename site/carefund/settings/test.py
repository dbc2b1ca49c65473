import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Each test process keeps its files to itself, and leaves none behind.
os.environ["CAREFUND_VAR"] = tempfile.mkdtemp(prefix="carefund-test-")
atexit.register(shutil.rmtree, os.environ["CAREFUND_VAR"], ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)

from .embedded import *
from .embedded import VAR, env, sqlite

CAREFUND_EXAMPLE = False
# Tests without a database empty it too; the cache of the service has tests of its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Background work runs when the test says so (`run_jobs`), through the same rows.
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = env("BROKER_URL", default="memory://")
CELERY_BROKER_TRANSPORT, CELERY_BROKER_TRANSPORT_OPTIONS = None, {}
WHITENOISE_AUTOREFRESH = env.bool("WHITENOISE_AUTOREFRESH", default=True)
if not env("DATABASE_URL", default=""):
    DATABASES = {
        "default": {
            **sqlite(Path(VAR) / "test.sqlite3"),
            "TEST": {"NAME": str(Path(VAR) / "test.sqlite3")},
        }
    }
