"""Knows what every answer keeps to: the API, the heads of security, logs, kept pages."""

import os

from csp.constants import NONE, SELF

from portal.settings.basics import DEBUG
from portal.settings.people import ALLAUTH_TRUSTED_PROXY_COUNT, IDENTITY_OIDC_ISSUER
from portal.settings.reading import flag, number

# --- API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "portal.errors.answer_exception",
    "DEFAULT_SCHEMA_CLASS": "portal.rest_description.Description",
    "DEFAULT_PERMISSION_CLASSES": ["portal.rest.ReadOnlyUnlessAllowed"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PARSER_CLASSES": [
        "portal.rest.ShallowJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
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
    "ENUM_NAME_OVERRIDES": {
        "LabStateEnum": "livinglabs.models.LabState",
        "PlanStateEnum": "portal.delivery.models.PlanState",
        "CallKindEnum": "portal.calls.models.CallKind",
        "CallStateEnum": "portal.calls.models.CallState",
        "PanelStateEnum": "portal.thresholds.models.PanelState",
    },
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
CSRF_FAILURE_VIEW = "portal.unsent.csrf_failed"

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

# Cached pages of anonymous visitors, in seconds; 0 turns the cache off.
PAGE_CACHE_SECONDS = number("PAGE_CACHE_SECONDS", 60)
