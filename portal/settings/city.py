"""Knows whose site it is, how its councils meet, what it opens and how it keeps its trail."""

import os
from pathlib import Path

from portal.settings.basics import DEBUG, LOCAL_DIR
from portal.settings.reading import flag, number, words

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

# --- Councils -----------------------------------------------------------------------------

# Days between the notice of a meeting and the meeting.
MEETING_NOTICE_DAYS = number("MEETING_NOTICE_DAYS", 7)
# Whether a council whose composition breaks a rule of its kind may not meet.
COMPOSITION_ENFORCED = flag("COMPOSITION_ENFORCED", "yes")
# The longest term of a commissioned member: Local Autonomy Act, decree, art. 79(2).
COUNCIL_TERM_YEARS = number("COUNCIL_TERM_YEARS", 3)
# Days between a meeting and the signature under its minutes.
MINUTES_SIGN_DAYS = number("MINUTES_SIGN_DAYS", 7)

# --- Open data ----------------------------------------------------------------------------

# Code of the department in whose name the nightly files of public data enter the catalogue.
OPEN_DATA_DEPARTMENT = os.environ.get("OPEN_DATA_DEPARTMENT", "smart-city")
# Days for which those files are kept; a month covers a missed comparison.
EXPORT_KEEP_DAYS = number("EXPORT_KEEP_DAYS", 31)
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
# Where the keys that sign reports lie; empty: in a folder below that one.
REPORT_KEY_DIR = os.environ.get("REPORT_KEY_DIR", "")
AUDIT_HEADS_TO = words("AUDIT_HEADS_TO")
