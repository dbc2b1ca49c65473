import logging
from pathlib import Path

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from .signin import *

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env("CAREFUND_VAR", default=str(ROOT / "var")))

ROOT_URLCONF = "carefund.urls"
WSGI_APPLICATION = "carefund.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "carefund.website",
    "reports.opendata",
    "reports.dashboards",
    "reports.publications",
    "reports.charts",
    "reports.figures",
    "grants.benefits",
    "grants.payments",
    "grants.delivery",
    "grants.awards",
    "grants.assessment",
    "grants.bids",
    "programmes.targets",
    "programmes.standards",
    "programmes.calls",
    "programmes.funds",
    "programmes.waivers",
    "programmes.organisations",
    "carefund.privacy",
    "carefund.importing",
    "carefund.notify",
    "carefund.questions",
    "carefund.files",
    "carefund.audit",
    "carefund.accounts",
    "carefund.core",
    "health_check",
    "import_export",
    "rules",
    "csp",
    "django_structlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "carefund.core.shared.SharedPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "carefund.accounts.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "carefund.core.policy.ContentPolicyMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "carefund.core.middleware.RequestContextMiddleware",
    "carefund.accounts.middleware.SessionMiddleware",
    "carefund.accounts.middleware.SecondFactorMiddleware",
    "carefund.files.middleware.WholeUploadsMiddleware",
    "carefund.core.middleware.DenyByDefaultMiddleware",
    "carefund.website.middleware.ConfirmPublishingMiddleware",
    "carefund.website.middleware.EditorsOnlyMiddleware",
    "carefund.core.uploading.UploadMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "carefund.website.context.service",
            ],
            "builtins": ["carefund.website.templatetags.carefund"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "carefund.accounts.backends.OneQuestion",
    "carefund.accounts.backends.SigningIn",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# The design system comes from npm; the finder serves only what the pages use of it.
GOVUK_FRONTEND = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
STATICFILES_FINDERS = [
    "carefund.website.finders.GovukFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
    # Wagtail's editor writes inline scripts and styles of its own; it gets a policy of its own.
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
}
# Wagtail lifts this for its own preview pane only.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

WAGTAIL_SITE_NAME = "Digital Care Fund"
# What the calendar of the CMS cannot read it replaces by now, without a word.
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAILADMIN_BASE_URL = env("CAREFUND_BASE_URL", default="http://127.0.0.1:8000")
# One door for everybody: editors sign in where all others do.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# What editors upload is looked into as what councils upload, and served from the checked copy.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "carefund.website.cms_files.CheckedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "carefund.website.cms_files.CheckedImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "txt"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_COMMENTS_ENABLED = True
# A draft saves itself a while after it was changed; at once it would race with a click on Approve.
WAGTAIL_AUTOSAVE_INTERVAL = 3000

MESSAGE_STORAGE = "carefund.core.messages.Storage"

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "carefund.core.work.tasks.sweep", "schedule": 10.0},
    "seal": {"task": "carefund.audit.tasks.seal_record", "schedule": 5.0},
    "publish": {"task": "carefund.website.tasks.publish_what_is_due", "schedule": 60.0},
    "scan": {"task": "carefund.files.tasks.scan_what_waits", "schedule": 600.0},
    "sum_up": {"task": "carefund.core.work.tasks.sum_up_tallies", "schedule": 3600.0},
    "retain": {
        "task": "carefund.privacy.tasks.begin_the_night",
        "schedule": crontab(hour="2", minute="30"),
    },
}

# Who asks and from where is said by `core.logs`, which believes the trusted proxies only.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED, DJANGO_STRUCTLOG_USER_ID_FIELD = False, None
# As by default. What is not set is searched for, and raises inside, on every request.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = DJANGO_STRUCTLOG_TRUST_UPSTREAM_CORRELATION_ID = False
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.WARNING
# Every line says when, how grave, which part and which request, whoever writes it.
_SAID_OF_EACH = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    # What is below the level is dropped before anything is done for it.
    processors=[
        structlog.stdlib.filter_by_level,
        *_SAID_OF_EACH,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def _lines(*renderers):
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*_SAID_OF_EACH, structlog.processors.format_exc_info],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
    }


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": _lines(structlog.processors.JSONRenderer()),
        "plain": _lines(structlog.dev.ConsoleRenderer(colors=False)),
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("CAREFUND_LOG_LEVEL", default="WARNING")},
    "loggers": {
        # The heads of the chain must leave the database's reach whatever else is logged.
        "carefund.audit.seals": {"level": "INFO"},
    },
}

# GOV.UK Notify, where the department sends its mail through it; see docs/deploying.
GOVUK_NOTIFY_API_KEY = env("GOVUK_NOTIFY_API_KEY", default="")
GOVUK_NOTIFY_TEMPLATE_ID = env("GOVUK_NOTIFY_TEMPLATE_ID", default="")
GOVUK_NOTIFY_URL = env("GOVUK_NOTIFY_URL", default="")
GOVUK_NOTIFY_CALLBACK_TOKEN = env("GOVUK_NOTIFY_CALLBACK_TOKEN", default="")

# How much one upload may hold, in bytes.
FILE_UPLOAD_LIMIT = 20 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = FILE_UPLOAD_LIMIT
# How much one form may send, all its files together.
UPLOADS_AT_ONCE_LIMIT = 5 * FILE_UPLOAD_LIMIT
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Where ClamAV listens: /run/clamav/clamd.ctl, or tcp://host:3310. Empty: files are not scanned.
CLAMAV_SOCKET = env("CLAMAV_SOCKET", default="")
# Signs the heads of the record's chain. Kept where the database's administrators cannot read it.
AUDIT_KEY = env("AUDIT_KEY", default="")
# The open-data prefix that the 360Giving helpdesk hands out; this one is for examples only.
THREESIXTY_PREFIX = env("CAREFUND_360G_PREFIX", default="360G-carefundsample")
# Example people, their password on the sign-in page and mails on a page: never in production.
CAREFUND_EXAMPLE = False


if OIDC_ISSUER:
    # The form that leads to the department's sign-in ends at its address.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += OIDC_ORIGINS


def sqlite(path):
    """SQLite as the embedded default: readers never block, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def databases(default_sqlite):
    if env("DATABASE_URL", default=""):
        named = env.db("DATABASE_URL")
        if named["ENGINE"].endswith("sqlite3"):
            return {"default": sqlite(named["NAME"])}
        return {"default": {**named, "CONN_MAX_AGE": 60}}
    return {"default": sqlite(default_sqlite)}
