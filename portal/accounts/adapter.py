"""Where sign-in (django-allauth) meets this portal's people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.accounts.domain import sign_ins
from portal.accounts.models import PersonKey, User
from portal.refusals import TooOften

# The longest of the limits on wrong passwords and codes.
CLOSED_SECONDS = 5 * 60
CLOSED = _lazy(
    "Too many wrong tries. Sign-in rests for five minutes; try again then."
    " If you do not remember your password, choose a new one meanwhile."
)


class AccountAdapter(DefaultAccountAdapter):
    """E-mail sign-in with a history that the person can see."""

    error_messages = DefaultAccountAdapter.error_messages | {"too_many_login_attempts": CLOSED}

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address; a proxy on a Unix socket leaves none, and all share one."""
        if not request.META.get("REMOTE_ADDR"):
            request.META["REMOTE_ADDR"] = "127.0.0.1"
        return super().get_client_ip(request)

    def format_email_subject(self, subject: str) -> str:
        """Every letter names the portal, where others would name the host."""
        portal = _("Hamkke")
        return subject if portal in subject else f"{portal}: {subject}"

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  allauth's signature
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            PersonKey.objects.get_or_create(user=user)
        return user

    def respond_email_verification_sent(
        self, request: HttpRequest, user: User | None
    ) -> HttpResponse:
        """Say after each sign-up the same, whether or not the address has an account.

        Of several sign-ups with one address within what ``ACCOUNT_RATE_LIMITS`` says only
        the first sends a letter.
        """
        if address := request.POST.get("email", "").strip():
            sentence = _(
                "A letter to {email} is on its way. You can have another one three minutes after"
                " the last one."
            )
            messages.info(request, sentence.format(email=address))
        return super().respond_email_verification_sent(request, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try.

        :raises TooOften: there were too many for this account, or from this address.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise TooOften(str(CLOSED), seconds=CLOSED_SECONDS) from refusal

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        self.remember(request, user, succeeded=True)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        tried = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        if tried:
            self.remember(request, tried, succeeded=False)

    def remember(self, request: HttpRequest, user: User, *, succeeded: bool) -> None:
        address = self.get_client_ip(request)
        sign_ins.remember(user, request, address=address, succeeded=succeeded)
