"""What the database refuses, said in a sentence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from portal.refusals import Refused


@contextmanager
def in_words(sentences: Mapping[str, Any]) -> Iterator[None]:
    """Turn the violation of a constraint named in ``sentences`` into a ``Refused``.

    The block is a savepoint, so that the caller's transaction stays usable.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
        if name not in sentences:
            raise
        raise Refused(str(sentences[name])) from error
