"""What became of a file of an earlier system: how many of each kind, why not, and the effort."""

import csv
import resource
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

BATCH = 100
KILO = 1000
EXAMPLES = 20
# What a reader raises where a file is not in its form.
UNREADABLE = (ValueError, KeyError, TypeError, SyntaxError, csv.Error)
T = TypeVar("T")


@dataclass
class Outcome:
    """How many were taken over, were known, were the same as others, were refused, and differ."""

    taken: int = 0
    known: int = 0
    duplicates: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    harmed: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.taken + self.known + self.duplicates + len(self.refused)

    def why_not(self) -> Iterator[str]:
        """Each reason of a refusal with its number, then the first of those concerned."""
        for reason, number in Counter(reason for _key, reason in self.refused).most_common():
            yield f"Refused, {number}: {reason}"
            keys = [key for key, why in self.refused if why == reason]
            yield f"  {', '.join(keys[:EXAMPLES])}{' …' if len(keys) > EXAMPLES else ''}"
        if self.harmed:
            yield f"Not as in the file: {', '.join(self.harmed[:EXAMPLES])}"


class ImportCommand(BaseCommand, ABC):
    """A command that reads ``FORMAT FILE``; a subclass says what it brings in, and counts it."""

    formats: ClassVar[Mapping[str, Callable[[Path], Iterator[Any]]]]

    @abstractmethod
    def bring_in(self, form: str, items: Iterator[Any], options: dict[str, Any]) -> Outcome:
        """Take over what the file holds."""

    @abstractmethod
    def count(self, outcome: Any) -> str:
        """What became of the file, in one clause."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(self.formats))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        form, path = options["format"], options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            with Effort() as effort:
                outcome = self.bring_in(form, self.formats[form](path), options)
        except UNREADABLE as error:
            raise CommandError(f"{path.name} is not in the form {form}: {error}") from error
        self.stdout.write(
            f"{outcome.read} read: {self.count(outcome)}, {outcome.known} known already, "
            f"{len(outcome.refused)} refused; {len(outcome.harmed)} differ from the file."
        )
        if outcome.taken:
            self.stdout.write(effort.per_thousand(outcome.taken))
        for line in outcome.why_not():
            self.stdout.write(line)


class Effort:
    """The seconds and the megabytes that a ``with`` block took."""

    def __enter__(self) -> Self:
        self.seconds, self.megabytes = -time.perf_counter(), -most_memory()
        return self

    def __exit__(self, *raised: object) -> None:
        self.seconds += time.perf_counter()
        self.megabytes += most_memory()

    def per_thousand(self, number: int) -> str:
        """What a thousand of ``number`` took, in words."""
        per = KILO / number
        return f"Per 1,000: {self.seconds * per:.1f} s, {self.megabytes * per:.1f} MB more memory."


def in_batches(items: Iterator[T]) -> Iterator[list[T]]:
    """Cut a stream into pieces of at most a hundred: each is one transaction."""
    while batch := list(islice(items, BATCH)):
        yield batch


def most_memory() -> float:
    """The most memory that this process has used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
