from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import CONTENT_SECURITY_POLICY, LOGGING, databases, env

DEBUG = False
if env.bool("CAREFUND_EXAMPLE", default=False):
    raise ImproperlyConfigured(
        "CAREFUND_EXAMPLE is on. The example has people whose password anybody can read: "
        "take it out of the environment."
    )
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = databases(None) if env("DATABASE_URL") else {}
CELERY_BROKER_URL = env("BROKER_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("CACHE_URL"),
    }
}
if env("GOVUK_NOTIFY_API_KEY", default=""):
    EMAIL_BACKEND = "carefund.notify.backends.govuk_notify.NotifyBackend"
else:
    vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] = [SELF]
LOGGING["handlers"]["console"]["formatter"] = "json"
LOGGING["root"]["level"] = env("CAREFUND_LOG_LEVEL", default="INFO")

if env("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(dsn=env("SENTRY_DSN"), send_default_pii=False)
