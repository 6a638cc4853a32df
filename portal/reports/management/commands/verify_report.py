"""Check downloaded files of a report against its manifest, its signature and the audit trail."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.audit import note
from portal.reports import offline
from portal.reports.domain import checks
from portal.reports.models import Run


class Command(BaseCommand):
    help = "Check files of a report; exit 0 when all are genuine, 1 with each that is not named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="the manifest among them, or not")
        parser.add_argument("--key", help="the public key, in place of this portal's own")
        parser.add_argument(
            "--offline", action="store_true", help="ask neither the database nor the trail"
        )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        contents = {path: path.read_bytes() for path in files if path.is_file()}
        absent = [f"{path}: there is no such file" for path in files if path not in contents]
        problems = [*absent, *examine(contents, options["key"], offline_only=options["offline"])]
        for problem in problems:
            self.stdout.write(f"REFUSED {problem}")
        if problems:
            sys.exit(1)
        for path in files:
            self.stdout.write(f"genuine {path}")


def examine(contents: dict[Path, bytes], key: str | None, *, offline_only: bool) -> list[str]:
    """Return a sentence for each file that is not what was published."""
    if offline_only and not key:
        raise CommandError("without the database the public key must be given with --key")
    given = {p: raw for p, raw in contents.items() if offline.looks_like_manifest(p.name, raw)}
    try:
        read = {path: _read(path, raw, key) for path, raw in given.items()}
    except offline.ManifestError as error:
        return [str(error)]
    rest = {path: raw for path, raw in contents.items() if path not in given}
    if offline_only and not read:
        raise CommandError("without the database the manifest must be among the files")
    problems = [] if offline_only else _ask_the_trail(read, rest)
    return problems + (_compare(list(read.values()), rest) if read else [])


def _read(path: Path, raw: bytes, key: str | None) -> offline.Manifest:
    try:
        manifest = offline.read(raw)
        offline.check_signature(manifest, _key_for(manifest, key))
    except (offline.ManifestError, note.NoteError) as error:
        raise offline.ManifestError(f"{path}: {error}") from error
    return manifest


def _key_for(manifest: offline.Manifest, key: str | None) -> note.Key:
    if key:
        return note.Key.parse(key)
    published = Run.objects.done().of_kind(str(manifest.body.get("kind"))).order_by("-serial")
    run = published.filter(manifest_sha256=manifest.sha256).first() or published.first()
    if run is None:
        raise offline.ManifestError("unknown: no such report was published here")
    return note.Key.parse(run.vkey)


def _compare(read: list[offline.Manifest], rest: dict[Path, bytes]) -> list[str]:
    """Hold every file against the manifests; one that lists it is enough."""
    problems = []
    for path, raw in rest.items():
        found = [problem for manifest in read if (problem := _problem(manifest, path, raw))]
        if len(found) == len(read):
            problems.append(f"{path}: {found[0]}")
    return problems


def _problem(manifest: offline.Manifest, path: Path, raw: bytes) -> str:
    try:
        offline.check_file(manifest, path.name, raw)
    except offline.ManifestError as error:
        return str(error)
    return ""


def _ask_the_trail(read: dict[Path, offline.Manifest], rest: dict[Path, bytes]) -> list[str]:
    """Ask whether the published runs know these manifests and files, and the trail those runs."""
    problems = []
    for path, manifest in read.items():
        run = Run.objects.done().filter(manifest_sha256=manifest.sha256).first()
        problems += [f"{path}: {words}" for words in _of_run(run, "manifest")]
    for path in rest:
        with path.open("rb") as file:
            answer = checks.by_file(file, path.name)
        if answer.verdict is checks.Verdict.CHANGED:
            problems.append(f"{path}: changed: it is not the file that {answer.run} published")
        else:
            problems += [f"{path}: {words}" for words in _of_run(answer.run, "file")]
    return problems


def _of_run(run: Run | None, what: str) -> list[str]:
    if run is None:
        return [f"unknown: no report was published with this {what}"]
    return [
        words for words in (checks.problem_in_trail(run), checks.problem_in_chain(run)) if words
    ]
