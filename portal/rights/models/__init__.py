"""What a person may ask of the city about their own data, and how long the city keeps it."""

from portal.rights.models.consents import Channel, Consent, Purpose, Wording
from portal.rights.models.downloads import Download, DownloadState
from portal.rights.models.periods import DraftWarning, Period, RetentionRun
from portal.rights.models.requests import About, DataRequest, RequestKind, RequestState

__all__ = [
    "About",
    "Channel",
    "Consent",
    "DataRequest",
    "Download",
    "DownloadState",
    "DraftWarning",
    "Period",
    "Purpose",
    "RequestKind",
    "RequestState",
    "RetentionRun",
    "Wording",
]
