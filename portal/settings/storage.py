"""Knows where things are kept and sent: the database, the cache, files and mail."""

import os
from pathlib import Path

import environ

from portal.settings.basics import BASE_DIR, DEBUG, LOCAL_DIR
from portal.settings.reading import database, number, scanner

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

# --- Files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [
    folder for folder in (BASE_DIR / "static", LOCAL_DIR / "static") if folder.is_dir()
]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", LOCAL_DIR / "media"))
MEDIA_URL = "/media/"  # never served as such: every download is a view that checks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Whoever serves them need not be who collected them.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_MAX_BYTES = number("UPLOAD_MAX_MEGABYTES", 20) * 1024 * 1024
# A scanner that looks at documents beside our own check, as clamd:///run/clamav/clamd.ctl;
# empty: none.
UPLOAD_SCANNER = scanner("UPLOAD_SCANNER")
# Days for which a refused file is kept apart for whoever looks into it (a city's own choice).
REFUSED_FILE_DAYS = number("REFUSED_FILE_DAYS", 30)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Mail ---------------------------------------------------------------------------------

EMAIL_URL = os.environ.get("EMAIL_URL", "consolemail://")
vars().update(environ.Env.email_url_config(EMAIL_URL))
if EMAIL_URL.startswith("filemail://"):
    EMAIL_FILE_PATH = os.environ.get("EMAIL_FILE_PATH", str(LOCAL_DIR / "mail"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "hamkke@localhost")
EMAIL_SUBJECT_PREFIX = ""
