"""Settings, read top to bottom and only from the environment.

Every value has a default that suits a fresh clone; production differs only in
its environment variables, never in another file.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from psycopg2.extensions import parse_dsn

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"


def flag(name: str, default: str = "no") -> bool:
    """Read a yes/no variable, and stop at once on anything else."""
    value = os.environ.get(name, default)
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be 'yes' or 'no', not {value!r}")
    return value == "yes"


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Read a whole number, and stop at once on anything else."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def level(name: str, default: str) -> str:
    """Read a level of identity, and stop at once on anything else."""
    value = os.environ.get(name, default)
    if value not in {"none", "email", "resident"}:
        raise ImproperlyConfigured(f"{name} must be none, email or resident, not {value!r}")
    return value


def database(url: str, **options: Any) -> dict[str, Any]:
    """Turn a PostgreSQL connection URI (libpq's form, Unix sockets too) into Django's settings."""
    parts = parse_dsn(url)
    known = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "CONN_MAX_AGE": number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, **options},
    }


# --- The basics ---------------------------------------------------------------------------

DEBUG = flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "development-only" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set where DEBUG is not 'yes'")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "*" if DEBUG else "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")

# Ground floor first, then the rooms, in the order in which they may import.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of its widgets, beside our own
    "django.contrib.humanize",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_celery_beat",
    "django_htmx",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "portal.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "portal.audit",
    "portal.identity",
    "portal.notifications",
    "portal.search",
    "portal.reports",
    "portal.exports",
    "portal.proposals",
    "portal.desk",
    "portal.writing",
    "portal.thresholds",
    "portal.delivery",
    "portal.talk",
    "portal.calls",
    "portal.following",
    "portal.assisted",
    "portal.rights",
    "portal.home",
    "governance",
    "datahub",
    "livinglabs",
    "evaluation",
    "portal.apps.ReferenceAdminConfig",
]

MIDDLEWARE = [
    "portal.page_cache.AnonymousPageCache",
    "portal.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SessionsSeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.middleware.StaffSecondFactorMiddleware",
    "portal.identity.middleware.ReadingLevelMiddleware",
    "portal.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.home.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "rules.templatetags.rules"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database and cache -------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://portal_app@localhost/hamkke")
DATABASES = {
    "default": database(DATABASE_URL),
    # Migrations run as a role that may become the owner; the web's role owns nothing.
    "migrator": database(
        os.environ.get("DATABASE_MIGRATOR_URL", DATABASE_URL), options="-c role=portal_owner"
    ),
    "sealer": database(os.environ.get("DATABASE_SEALER_URL", DATABASE_URL)),
    "eraser": database(os.environ.get("DATABASE_ERASER_URL", DATABASE_URL)),
}
DATABASE_ROUTERS = ["portal.database.OneDatabase"]

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "hamkke",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- People and sign-in -------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = reverse_lazy("accounts:me")
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.rights.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Where the proxy says who asks, limits count that address and not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY") else 0
MFA_ADAPTER = "portal.accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Hamkke"
USERSESSIONS_TRACK_ACTIVITY = True
STAFF_NEEDS_SECOND_FACTOR = flag("STAFF_NEEDS_SECOND_FACTOR", "no" if DEBUG else "yes")
SESSION_COOKIE_AGE = 60 * 60 * 12

# --- Language, time -----------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Seoul"

# --- Files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [
    folder for folder in (BASE_DIR / "static", LOCAL_DIR / "static") if folder.is_dir()
]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", LOCAL_DIR / "media"))
MEDIA_URL = "/media/"  # never served as such: every download is a view that checks
# Days for which the nightly files of public data are kept; a month covers a missed comparison.
# Code of the department in whose name they enter the catalogue of open data.
OPEN_DATA_DEPARTMENT = os.environ.get("OPEN_DATA_DEPARTMENT", "smart-city")
EXPORT_KEEP_DAYS = number("EXPORT_KEEP_DAYS", 31)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_MAX_BYTES = number("UPLOAD_MAX_MEGABYTES", 20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Mail ---------------------------------------------------------------------------------

EMAIL_URL = os.environ.get("EMAIL_URL", "consolemail://")
vars().update(environ.Env.email_url_config(EMAIL_URL))
if EMAIL_URL.startswith("filemail://"):
    EMAIL_FILE_PATH = os.environ.get("EMAIL_FILE_PATH", str(LOCAL_DIR / "mail"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "hamkke@localhost")
EMAIL_SUBJECT_PREFIX = ""

# --- Tasks --------------------------------------------------------------------------------

CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_TASK_ROUTES = {"portal.audit.tasks.*": {"queue": "audit"}}
CELERY_BEAT_SCHEDULE = {
    "worker-heartbeat": {"task": "portal.home.tasks.beat", "schedule": 5.0},
    "audit-seal": {"task": "portal.audit.tasks.seal", "schedule": 5.0},
    "audit-mail-heads": {
        "task": "portal.audit.tasks.mail_heads",
        "schedule": crontab(hour=7, minute=0),
    },
    "audit-self-check": {
        "task": "portal.audit.tasks.check_shape",
        "schedule": crontab(hour=4, minute=0),
    },
    "rights-carry-out-periods": {
        "task": "portal.rights.tasks.carry_out_periods",
        "schedule": crontab(hour=3, minute=40),
    },
    "rights-remind": {
        "task": "portal.rights.tasks.remind",
        "schedule": crontab(hour=9, minute=20),
    },
    "proposals-fold-supports": {
        "task": "portal.proposals.tasks.fold_supports",
        "schedule": 3.0,
    },
    "proposals-watch-clocks": {
        "task": "portal.proposals.tasks.watch_clocks",
        "schedule": crontab(hour=9, minute=10),
    },
    "proposals-tell-supporters": {
        "task": "portal.proposals.tasks.tell_supporters",
        "schedule": 60.0,
    },
    "thresholds-settle-duties": {
        "task": "portal.thresholds.tasks.settle_duties",
        "schedule": crontab(minute="*/10"),
    },
    "thresholds-close-windows": {
        "task": "portal.thresholds.tasks.close_windows",
        "schedule": crontab(minute=5),
    },
    "talk-release-holds": {
        "task": "portal.talk.tasks.release_holds",
        "schedule": crontab(minute="*/10"),
    },
    "delivery-watch-milestones": {
        "task": "portal.delivery.tasks.watch_milestones",
        "schedule": crontab(hour=9, minute=20),
    },
    "calls-follow-dates": {
        "task": "portal.calls.tasks.follow_dates",
        "schedule": crontab(minute="*/5"),
    },
    "thresholds-finish-merges": {
        "task": "portal.thresholds.tasks.finish_merges",
        "schedule": crontab(minute=15),
    },
    "thresholds-watch-panels": {
        "task": "portal.thresholds.tasks.watch_panels",
        "schedule": crontab(minute=25),
    },
    "notifications-deliver": {
        "task": "portal.notifications.tasks.deliver_waiting",
        "schedule": 60.0,
    },
    "following-spread": {"task": "portal.following.tasks.spread_news", "schedule": 60.0},
    "following-daily": {
        "task": "portal.following.tasks.send_digests",
        "schedule": crontab(hour=7, minute=50),
        "args": ["daily"],
    },
    "following-weekly": {
        "task": "portal.following.tasks.send_digests",
        "schedule": crontab(hour=7, minute=45, day_of_week="mon"),
        "args": ["weekly"],
    },
    "following-forget": {
        "task": "portal.following.tasks.forget_old_news",
        "schedule": crontab(hour=3, minute=45),
    },
    "datahub-register-exports": {
        "task": "datahub.tasks.register_exports",
        "schedule": crontab(hour=2, minute=40),
    },
    "exports-make": {
        "task": "portal.exports.tasks.make_release",
        "schedule": crontab(hour=2, minute=10),
    },
    "notifications-digest": {
        "task": "portal.notifications.tasks.send_digests",
        "schedule": crontab(hour=8, minute=0),
    },
    "search-reindex": {"task": "portal.search.tasks.reindex_changed", "schedule": 30.0},
    "search-reindex-everything": {
        "task": "portal.search.tasks.reindex_everything",
        "schedule": crontab(hour=3, minute=30),
    },
    "datahub-read-waiting": {"task": "datahub.tasks.read_waiting", "schedule": 30.0},
    "reports-make-up": {
        "task": "portal.reports.tasks.make_up_missed",
        "schedule": crontab(minute=20),
    },
}

# --- API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "portal.errors.answer_exception",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PERMISSION_CLASSES": ["portal.rest.ReadOnlyUnlessAllowed"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "portal.rest.KeysetPagination",
    "PAGE_SIZE": 20,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("API_RATE_ANONYMOUS", "600/min"),
        "user": os.environ.get("API_RATE_USER", "1200/min"),
    },
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hamkke API",
    "DESCRIPTION": "One street that every idea walks in public.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "LabStateEnum": "livinglabs.models.LabState",
        "PlanStateEnum": "portal.delivery.models.PlanState",
        "CallKindEnum": "portal.calls.models.CallKind",
        "CallStateEnum": "portal.calls.models.CallState",
    },
}

# --- Who somebody is ----------------------------------------------------------------------

# The key of the hashes that stand for people; changing it makes everyone a stranger.
IDENTITY_KEY = os.environ.get("IDENTITY_KEY", "development-only" if DEBUG else "")
if not IDENTITY_KEY:
    raise ImproperlyConfigured("IDENTITY_KEY must be set where DEBUG is not 'yes'")
# What each action asks for: none, email or resident (a city's own choice; one person one voice).
IDENTITY_LEVELS = {
    "read": level("IDENTITY_LEVEL_READ", "none"),
    "write": level("IDENTITY_LEVEL_WRITE", "email"),
    "support": level("IDENTITY_LEVEL_SUPPORT", "resident"),
    "vote": level("IDENTITY_LEVEL_VOTE", "resident"),
}
# Days for which a verification holds (a city's own choice).
IDENTITY_DAYS = number("IDENTITY_DAYS", 730)
# Days for which a code from the counter or by post can be used.
IDENTITY_CODE_DAYS = number("IDENTITY_CODE_DAYS", 30)
# Days for which the code on a receipt finds its entry: as long as proposals are kept at the
# least, the Regulation on Citizens' Proposals.
RECEIPT_DAYS = number("RECEIPT_DAYS", 3 * 365)
# How often one address looks up receipts, beside the limits of sign-in.
ACCOUNT_RATE_LIMITS = {"receipt": "10/m/ip,60/h/ip"}
# Another authority that says who somebody is, by OpenID Connect; empty: none.
IDENTITY_OIDC_ISSUER = os.environ.get("IDENTITY_OIDC_ISSUER", "").rstrip("/")
SOCIALACCOUNT_ADAPTER = "portal.identity.external.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid", "profile", "address"],
        "APPS": [
            {
                "provider_id": "identity",
                "name": os.environ.get("IDENTITY_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("IDENTITY_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("IDENTITY_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": IDENTITY_OIDC_ISSUER},
            }
        ]
        if IDENTITY_OIDC_ISSUER
        else [],
    }
}

# --- Security -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        # The way to the identity service begins with a form that is led on to it.
        "form-action": [SELF, *([IDENTITY_OIDC_ISSUER] if IDENTITY_OIDC_ISSUER else [])],
        "frame-ancestors": [NONE],
    }
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = flag("HTTPS_ONLY", "no" if DEBUG else "yes")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failed"

# --- Logs ---------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "portal.logs.RequestFilter"}},
    "formatters": {"json": {"()": "portal.logs.JSONFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": "json"}
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "WARNING"},
    },
}

# --- The city -----------------------------------------------------------------------------

SITE_NAME = {
    "ko": os.environ.get("SITE_NAME_KO", "부천시"),
    "en": os.environ.get("SITE_NAME_EN", "Bucheon City"),
}
SITE_IS_OFFICIAL = flag("SITE_IS_OFFICIAL")
SITE_IS_DEMO = flag("SITE_IS_DEMO", "yes" if DEBUG else "no")
SITE_CONTACT = {
    "phone": os.environ.get("SITE_PHONE", "032-000-0000"),
    "email": os.environ.get("SITE_EMAIL", "hamkke@example.org"),
    "address_ko": os.environ.get("SITE_ADDRESS_KO", "시청 스마트도시 담당 부서"),
    "address_en": os.environ.get(
        "SITE_ADDRESS_EN", "City hall, department in charge of the smart city"
    ),
}
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "hamkke-demo-2026")

# Supports within the window that make a proposal due for an answer (a city's own choice).
SUPPORT_THRESHOLD = number("SUPPORT_THRESHOLD", 5 if DEBUG else 50)
# The first support steps are made of these; later they change by an approved rule change.
# 30 days and 50 people are what 상상대로 서울 and 하동 ask for; the rest is a city's own choice.
SUPPORT_WINDOW_DAYS = number("SUPPORT_WINDOW_DAYS", 30)
DISCUSSION_THRESHOLD = number("DISCUSSION_THRESHOLD", 300)
COUNCIL_THRESHOLD = number("COUNCIL_THRESHOLD", 1000)
# Civil days until a public discussion is held (Seoul's ordinance on participation: one month),
# a proposal is referred to the council, and the mayor answers.
DISCUSSION_DAYS = number("DISCUSSION_DAYS", 30)
COUNCIL_REFERRAL_DAYS = number("COUNCIL_REFERRAL_DAYS", 30)
MAYOR_ANSWER_DAYS = number("MAYOR_ANSWER_DAYS", 30)
# Days in which supporters of a later proposal say whether they move to the earlier one, and
# whether those who say nothing are counted there (a city's own choice).
MERGE_ANSWER_DAYS = number("MERGE_ANSWER_DAYS", 14)
MERGE_COUNTS_SILENT = flag("MERGE_COUNTS_SILENT", "yes")
# The monthly panel drawn by lot: its seats, how many days before the draw the commitment is
# published, days to accept a seat, what it looks at, how many proposals each member may mark,
# and days at work (a city's own choice, after Seoul's 의제선정단).
PANEL_SEATS = number("PANEL_SEATS", 15)
PANEL_COMMIT_DAYS = number("PANEL_COMMIT_DAYS", 7)
PANEL_INVITE_DAYS = number("PANEL_INVITE_DAYS", 5)
PANEL_ITEMS = number("PANEL_ITEMS", 20)
PANEL_MARKS = number("PANEL_MARKS", 3)
PANEL_DAYS = number("PANEL_DAYS", 14)
# Hours of work for one duty, and of a full-time post in a year (forty hours a week less holidays
# and leave), by which the simulator tells the workload; a city measures its own.
DUTY_HOURS = {
    "answer": number("DUTY_HOURS_ANSWER", 16),
    "discussion": number("DUTY_HOURS_DISCUSSION", 40),
    "council": number("DUTY_HOURS_COUNCIL", 24),
    "mayor": number("DUTY_HOURS_MAYOR", 8),
}
WORK_HOURS_A_YEAR = number("WORK_HOURS_A_YEAR", 1800)

# --- The duty to answer: "the Regulation" is that on Citizens' Proposals (국민 제안 규정) --------

# Civil days for the decision on a citizen's proposal: the Regulation, art. 10(1).
ANSWER_DAYS = number("ANSWER_DAYS", 30)
# Civil days after receipt within which more may be asked for: the Regulation, art. 6(2).
SUPPLEMENT_ASK_DAYS = number("SUPPLEMENT_ASK_DAYS", 7)
# Civil days that the author has for a supplement, and for each of two extensions (민원 처리법
# 시행령 §24 asks for a suitable period; the number is a city's own choice).
SUPPLEMENT_DAYS = number("SUPPLEMENT_DAYS", 7)
# Days after which the task closes a proposal whose supplement did not come; 0: only a person does.
SUPPLEMENT_CLOSE_DAYS = number("SUPPLEMENT_CLOSE_DAYS", 0)
# Civil days, at most, for the opinion of others: the Regulation, art. 9 (three weeks).
OPINION_DAYS = number("OPINION_DAYS", 21)
# Days, at most, by which an answer comes later, once: 민원 처리법 시행령 §21(1), the period itself.
EXTENSION_DAYS = number("EXTENSION_DAYS", 30)
# Civil days after a refusal for asking to examine again: the Regulation, art. 12(1).
REEXAMINATION_DAYS = number("REEXAMINATION_DAYS", 15)
# Years in which the author may say that the city later did the same: the Regulation, art. 14(3).
SAME_POLICY_YEARS = number("SAME_POLICY_YEARS", 2)
# Years within which what was accepted is to be done: the Regulation, art. 10(2) and 22.
PLANNED_WITHIN_YEARS = number("PLANNED_WITHIN_YEARS", 3)
# Days after which an overdue answer is told to the audit office (a city's own choice).
ESCALATION_DAYS = number("ESCALATION_DAYS", 7)
# Working days, and for other requests working hours, for what becomes a civil complaint:
# 민원 처리법 시행령 §14, §15, §17; other requests at once, which §19 takes for three hours.
COMPLAINT_LAW_QUERY_DAYS = number("COMPLAINT_LAW_QUERY_DAYS", 14)
COMPLAINT_SYSTEM_QUERY_DAYS = number("COMPLAINT_SYSTEM_QUERY_DAYS", 7)
COMPLAINT_SUGGESTION_DAYS = number("COMPLAINT_SUGGESTION_DAYS", 14)
COMPLAINT_GRIEVANCE_DAYS = number("COMPLAINT_GRIEVANCE_DAYS", 7)
COMPLAINT_OTHER_HOURS = number("COMPLAINT_OTHER_HOURS", 3)

# --- Carrying out and judging (a city's own choices) -------------------------------------

# Days in which a person may change the rating of an answer or a result.
RATING_CHANGE_DAYS = number("RATING_CHANGE_DAYS", 14)
# Below this number of cases no share, median or mean is shown, only counts.
FEWEST_FOR_A_SHARE = number("FEWEST_FOR_A_SHARE", 5)

# --- Councils -----------------------------------------------------------------------------

# Days between the notice of a meeting and the meeting.
MEETING_NOTICE_DAYS = number("MEETING_NOTICE_DAYS", 7)
# Whether a council whose composition breaks a rule of its kind may not meet.
COMPOSITION_ENFORCED = flag("COMPOSITION_ENFORCED", "yes")
# The longest term of a commissioned member: Local Autonomy Act, decree, art. 79(2).
COUNCIL_TERM_YEARS = number("COUNCIL_TERM_YEARS", 3)
# Days between a meeting and the signature under its minutes.
MINUTES_SIGN_DAYS = number("MINUTES_SIGN_DAYS", 7)

# --- Calls and local problems -------------------------------------------------------------

# Prizes of a call, in won: the smart-city idea contests gave 1 to 10 million (KRILA 2020, ch. 4).
CALL_PRIZE_LEAST = number("CALL_PRIZE_LEAST", 1_000_000)
CALL_PRIZE_MOST = number("CALL_PRIZE_MOST", 10_000_000)
# People in a team: ideathons and hackathons work in teams of about five (the same).
CALL_TEAM_SIZE = number("CALL_TEAM_SIZE", 5)
# Days between the notice of a call and its opening (a city's own choice).
CALL_NOTICE_DAYS = number("CALL_NOTICE_DAYS", 7)
# Days without an open call after which officials are told: no one-off event (a city's own choice).
CALL_ALERT_DAYS = number("CALL_ALERT_DAYS", 90)
# Days for which an invitation to a team holds (a city's own choice).
CALL_INVITATION_DAYS = number("CALL_INVITATION_DAYS", 7)
# Local problems to which one person may give weight in a month (a city's own choice).
PROBLEM_VOTES_A_MONTH = number("PROBLEM_VOTES_A_MONTH", 5)
# Where a map opens: degrees north and east (WGS 84) of the city's middle.
CITY_POINT = os.environ.get("CITY_POINT", "37.5034,126.7660")
# Photos with more pixels are not unfolded.
PHOTO_MAX_MEGAPIXELS = number("PHOTO_MAX_MEGAPIXELS", 50)

# --- Comments and moderation (a city's own choices) ----------------------------------------

# Minutes in which a comment may still be changed; the earlier text stays with the moderators.
COMMENT_EDIT_MINUTES = number("COMMENT_EDIT_MINUTES", 15)
COMMENTS_PER_HOUR = number("COMMENTS_PER_HOUR", 10)
# Days after the decision on a proposal in which its comments stay open.
COMMENTS_CLOSE_DAYS = number("COMMENTS_CLOSE_DAYS", 30)
REPORTS_PER_DAY = number("REPORTS_PER_DAY", 10)
# Reports by so many different verified people hold something back, at most for so many hours.
REPORTS_TO_HOLD = number("REPORTS_TO_HOLD", 3)
HOLD_HOURS = number("HOLD_HOURS", 24)
# Days in which an author may ask that somebody else looks at a decision.
APPEAL_DAYS = number("APPEAL_DAYS", 30)

# --- Rights over one's own data -----------------------------------------------------------

# Civil days for the answer to a request about own data: decree of the Personal Information
# Protection Act, articles 41(4), 43(3) and 44(2).
DATA_REQUEST_DAYS = number("DATA_REQUEST_DAYS", 10)
# How many files with all their data a person may have made in a day (a city's own choice).
OWN_DATA_A_DAY = number("OWN_DATA_A_DAY", 3)

# --- Open data ----------------------------------------------------------------------------

DATASET_MAX_BYTES = number("DATASET_MAX_MEGABYTES", 200) * 1024 * 1024
# Files below this size are read while the person waits; larger ones by the worker.
DATASET_INLINE_BYTES = number("DATASET_INLINE_MEGABYTES", 5) * 1024 * 1024
# Whether an official may let mobile numbers and e-mail addresses pass (public desks have them).
DATASET_PERSONAL_DATA_MAY_BE_CONFIRMED = flag("DATASET_PERSONAL_DATA_MAY_BE_CONFIRMED", "yes")

# From which day on a missed report is made up, as YYYY-MM-DD; empty: since the first act.
REPORTS_SINCE = os.environ.get("REPORTS_SINCE", "")

# --- The audit trail ----------------------------------------------------------------------

AUDIT_ORIGIN = os.environ.get("AUDIT_ORIGIN", "hamkke.example/audit")
# Where the signer keeps its Ed25519 key and the last head that it signed.
KEY_DIR = Path(os.environ.get("KEY_DIR", LOCAL_DIR / "keys"))
AUDIT_HEADS_TO = words("AUDIT_HEADS_TO")
SOFTWARE_VERSION = "0.1.0"

# Cached pages of anonymous visitors, in seconds; 0 turns the cache off.
PAGE_CACHE_SECONDS = number("PAGE_CACHE_SECONDS", 60)
SECRET_FINGERPRINT = hashlib.sha256(SECRET_KEY.encode()).hexdigest()[:12]
