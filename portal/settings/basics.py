"""Knows what the site is made of: its secret, its apps, its templates, its languages."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.settings.reading import flag, words

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCAL_DIR = BASE_DIR / ".local"

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
    "portal.quarantine",
    "portal.search",
    "portal.reports",
    "portal.exports",
    "portal.proposals",
    "portal.desk",
    "portal.writing",
    "portal.calls",
    "portal.thresholds",
    "portal.delivery",
    "portal.talk",
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
    "portal.middleware.ConditionalApiMiddleware",
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
    "portal.unsent.UnsentMiddleware",
    "portal.accounts.middleware.BackToTheButtonMiddleware",
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

# --- Language, time -----------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Seoul"

SOFTWARE_VERSION = "0.1.0"
