"""The driver of the browsers: one in a process, for it keeps an event loop in its thread."""

import atexit
import os
from functools import cache

from playwright.sync_api import Playwright, sync_playwright


@cache
def driver() -> Playwright:
    """Start the driver, once; it ends with the process."""
    # The database is used in the same thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright
