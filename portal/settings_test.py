"""What differs while tests run: fewer than ten names."""

import tempfile
from pathlib import Path

from portal.settings import *

SECRET_KEY = "for-tests-only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="hamkke-media-"))
KEY_DIR = Path(tempfile.mkdtemp(prefix="hamkke-keys-"))
PAGE_CACHE_SECONDS = 0
SUPPORT_THRESHOLD = 5
