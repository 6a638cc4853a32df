"""What differs while tests run: eleven names."""

import os
import tempfile
from pathlib import Path

from portal.settings import *

SECRET_KEY = "for-tests-only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# Kept in a name, for it is removed with the object.
FILES = tempfile.TemporaryDirectory(prefix="hamkke-test-", ignore_cleanup_errors=True)
MEDIA_ROOT = Path(FILES.name, "media")
KEY_DIR = Path(FILES.name, "keys")
PAGE_CACHE_SECONDS = 0
SUPPORT_THRESHOLD = 5
# Runs of the tests share a Redis: each counts and keeps under a name of its own.
CACHES = {
    "default": {
        **CACHES["default"],
        "BACKEND": "tests.caches.OwnKeys",
        "KEY_PREFIX": f"test-{os.getpid()}",
    }
}
