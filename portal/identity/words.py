"""What the trail says of verifications, and what people are told of theirs."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("identity.verification:verified", _("A person was verified as a resident"), minor=True),
    Verb("identity.verification:renewed", _("A verification was renewed"), "gray", minor=True),
    Verb("identity.verification:revoked", _("A verification was revoked"), "warning"),
    Verb(
        "identity.verification:taken_over",
        _("A verification was taken over by the person's own account"),
        "gray",
        minor=True,
    ),
    Verb("identity.verificationcode:issued", _("A clerk made a code for a person"), minor=True),
    Verb("identity.verificationcode:used", _("A code was used"), "gray", minor=True),
    Verb("identity.registerload:loaded", _("The register of residents was read")),
]
NOTES = [
    NoteKind(
        "verification_ends",
        subject=_("Your verification ends on {until}"),
        body=_(
            "From then on you cannot support or vote until you verify again. It takes a minute. "
            "What you wrote and supported until then stays and counts."
        ),
    ),
]
