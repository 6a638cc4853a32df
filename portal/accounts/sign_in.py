"""The form of sign-in; apart, because allauth reads the other forms while its own are made."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Address and password, one after the other by keyboard too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The way to a new password stands below the button, not between the two."""
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
