"""What this app does when an account is closed."""

from portal.accounts.models import User
from portal.rights.domain import consents, downloads, requests


def close(person: User) -> None:
    """Erase the person's files, empty their requests and end their consents."""
    for download in person.downloads.all():
        downloads.erase(download)
    person.downloads.all().delete()
    for request in person.data_requests.all():
        requests.forget_texts(request)
    consents.end_all(person)
