"""Plain text as a page shows it: paragraphs, and links that promise nothing."""

import nh3
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "a"}
LONGEST_LINK = 60


def linked(text: str) -> SafeString:
    """Write ``text`` with its web addresses as links, and nothing else of it as HTML.

    Everything is escaped first; what is left is cleaned again, so that only paragraphs and
    links to the web come through.
    """
    written = linebreaks(urlize(text, trim_url_limit=LONGEST_LINK, autoescape=True))
    clean = nh3.clean(
        written,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(clean)  # noqa: S308  cleaned above, on output
