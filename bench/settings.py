"""The portal's own settings, with addresses that only benchmarks have."""

from portal.settings import *

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
LOGGING["root"]["level"] = "ERROR"
