"""What the storey above adds to the page of a lab.

Each entry is a callable that takes the lab and gives ``{"template": …, "context": {…},
"anchor": …, "title": …}``, or ``None`` where it has nothing to say about this lab.
Apps above add theirs in ``AppConfig.ready()``:
``livinglabs.sections.sections.append(measurements_of)``.
"""

from collections.abc import Callable
from typing import Any

Section = dict[str, Any]

sections: list[Callable[[Any], Section | None]] = []


def sections_of(lab: Any) -> list[Section]:
    """Give the sections that have something to say about ``lab``, in the order of arrival."""
    return [section for made in sections if (section := made(lab))]
