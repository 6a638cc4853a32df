"""Words of other packages that the portal says in its own way in Korean."""

from django.utils.translation import gettext_noop as _

OURS = [
    _("Remember Me"),  # the package's Korean promises to remember the address, not the person
    _("Sign In"),
    _("Sign Up"),
]
