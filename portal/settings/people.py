"""Knows how people sign in, and how sure the city is of who they are."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from portal.settings.basics import DEBUG
from portal.settings.reading import flag, level, number

# --- People and sign-in -------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "portal.accounts.backends.RulesForOpenAccounts",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = reverse_lazy("accounts:me")
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "portal.accounts.sign_in.SignInForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "portal.rights.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Where the proxy says who asks, limits count that address and not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY") else 0
MFA_ADAPTER = "portal.accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "portal.accounts.keys.AddKeyForm",
    "edit_webauthn": "portal.accounts.keys.EditKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Hamkke"
USERSESSIONS_TRACK_ACTIVITY = True
STAFF_NEEDS_SECOND_FACTOR = flag("STAFF_NEEDS_SECOND_FACTOR", "no" if DEBUG else "yes")
SESSION_COOKIE_AGE = 60 * 60 * 12

# --- Who somebody is ----------------------------------------------------------------------

# The key of the hashes that stand for people; changing it makes everyone a stranger.
IDENTITY_KEY = os.environ.get("IDENTITY_KEY", "development-only" if DEBUG else "")
if not IDENTITY_KEY:
    raise ImproperlyConfigured("IDENTITY_KEY must be set where DEBUG is not 'yes'")
# What each action asks for: none, email or resident (a city's own choice; one person one voice).
IDENTITY_LEVELS = {
    "read": level("IDENTITY_LEVEL_READ", "none"),
    "write": level("IDENTITY_LEVEL_WRITE", "email"),
    "support": level("IDENTITY_LEVEL_SUPPORT", "resident"),
    "vote": level("IDENTITY_LEVEL_VOTE", "resident"),
}
# Days for which a verification holds (a city's own choice).
IDENTITY_DAYS = number("IDENTITY_DAYS", 730)
# Days before the end of a verification at which its holder is told, once (a city's own choice).
IDENTITY_REMINDER_DAYS = number("IDENTITY_REMINDER_DAYS", 14)
# Days for which a code from the counter or by post can be used.
IDENTITY_CODE_DAYS = number("IDENTITY_CODE_DAYS", 30)
# Days for which the code on a receipt finds its entry: as long as proposals are kept at the
# least, the Regulation on Citizens' Proposals.
RECEIPT_DAYS = number("RECEIPT_DAYS", 3 * 365)
# How often one address looks up receipts, beside the limits of sign-in.
# The page of sign-up says the three minutes of a letter that confirms an address.
ACCOUNT_RATE_LIMITS = {"receipt": "10/m/ip,60/h/ip", "confirm_email": "1/3m/key"}
# Another authority that says who somebody is, by OpenID Connect; empty: none.
IDENTITY_OIDC_ISSUER = os.environ.get("IDENTITY_OIDC_ISSUER", "").rstrip("/")
SOCIALACCOUNT_ADAPTER = "portal.identity.external.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid", "profile", "address"],
        "APPS": [
            {
                "provider_id": "identity",
                "name": os.environ.get("IDENTITY_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("IDENTITY_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("IDENTITY_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": IDENTITY_OIDC_ISSUER},
            }
        ]
        if IDENTITY_OIDC_ISSUER
        else [],
    }
}
