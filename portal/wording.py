"""Words of other packages that the portal says in its own way in Korean."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy as _n

OURS = [
    _("Remember Me"),  # the package's Korean promises to remember the address, not the person
    _("Sign In"),
    _("Sign Up"),
    # What Django says of forms: its Korean speaks of values, fields and null characters.
    _("This field is required."),
    _("Constraint “%(name)s” is violated."),
    _("Enter a valid URL."),
    # These say what is wrong; the Korean says how it is written, too.
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Enter a valid email address."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("“%(pk)s” is not a valid value."),
    # What the framework of the API says of fields: its Korean speaks of blank and null.
    _("This field may not be blank."),
    _("This field may not be null."),
    _("Not a valid string."),
    _("A valid integer is required."),
    _('"{input}" is not a valid choice.'),
    _("Ensure this field has no more than {max_length} characters."),
    _("Null characters are not allowed."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("The submitted file is empty."),
    _n(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        2,
    ),
    _n(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        2,
    ),
]
