"""Keeping texts unreadable to whoever holds the database alone."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, purpose: str) -> str:
    """Encrypt ``text`` under the site's key; what one purpose seals, no other opens."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Decrypt what ``seal`` made, under this key of the site or an earlier one.

    Raises ``cryptography.fernet.InvalidToken`` where none of them fits.
    """
    return _box(purpose).decrypt(sealed.encode()).decode()


def _box(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(f"{purpose}:{key}".encode()).digest() for key in keys)
    return MultiFernet(Fernet(urlsafe_b64encode(digest)) for digest in digests)
