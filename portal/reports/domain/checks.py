"""Whether a file is one of ours: by its hash, by what it claims to be, by the audit trail."""

import base64
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from portal.audit import note
from portal.audit.domain import proofs
from portal.audit.leaves import commitment
from portal.audit.models import Act, ActPrivate
from portal.reports import offline
from portal.reports.domain import snapshots
from portal.reports.models import Artefact, Run

CLAIM = re.compile(rb"hamkke-report:([a-z0-9-]{1,60}):([0-9QW-]{6,10}):(\d{1,5})")
DONE_VERB = "reports.run:done"
CHUNK = 1024 * 1024
MOST_MEMBERS = 200
MOST_MEMBER_BYTES = 2 * CHUNK


class Verdict(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The verdict, the hash that was looked for, and the report that it concerns."""

    verdict: Verdict
    sha256: str
    run: Run | None = None
    artefact: Artefact | None = None
    problem: str = ""


def by_hash(sha256: str) -> Answer:
    """Look a SHA-256 (64 hexadecimal digits, any case) up among the published files."""
    wanted = sha256.lower()
    artefact = Artefact.objects.filter(sha256=wanted).select_related("run").first()
    if artefact:
        return _genuine(wanted, artefact.run, artefact)
    run = Run.objects.done().filter(manifest_sha256=wanted).first()
    return _genuine(wanted, run, None) if run else Answer(Verdict.UNKNOWN, wanted)


def by_file(file: IO[bytes], name: str = "") -> Answer:
    """Look at a file; where its hash is unknown, say whether it claims to be one of ours."""
    answer = by_hash(hash_of(file))
    if answer.verdict is not Verdict.UNKNOWN:
        return answer
    known = Artefact.objects.filter(name=name).select_related("run").first() if name else None
    run = known.run if known else claimed(file)
    verdict = Verdict.CHANGED if run else Verdict.UNKNOWN
    return Answer(verdict, answer.sha256, run, known)


def hash_of(file: IO[bytes]) -> str:
    """SHA-256 of the whole file; leaves the file at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def claimed(file: IO[bytes]) -> Run | None:
    """Find the published report whose number stands in the file."""
    for part in _parts(file):
        found = CLAIM.search(part)
        if found:
            kind, period, edition = (group.decode() for group in found.groups())
            runs = Run.objects.done().of_kind(kind)
            return runs.filter(period=period, edition=int(edition)).first()
    return None


def problem_in_trail(run: Run) -> str:
    """Say what contradicts the published hash in the audit trail; empty where nothing does.

    A report is published once: whoever swaps it and writes a second act cannot unwrite the first.
    """
    told = Act.objects.about(f"reports.run:{run.pk}").of_verb(DONE_VERB).with_leaf()
    acts = list(told.oldest_first()[:2])
    if len(acts) != 1:
        how_many = "more than one act" if acts else "no act"
        return f"{how_many} in the audit trail says that this report was published"
    if not proofs.is_as_sealed(acts[0]):
        return "the act of publication is not the one that was sealed"
    return _problem_in_act(acts[0], {"manifest": run.manifest_sha256, "key": run.vkey})


def _problem_in_act(act: Act, published: dict[str, str]) -> str:
    values = {kept.field: kept for kept in ActPrivate.objects.filter(act_uid=act.uid)}
    for name, value in published.items():
        kept = values.get(name)
        if kept is None or not _is_committed(act, kept):
            return f"the {name} behind the act of publication is not what was committed to"
        if kept.text != value:
            return f"the act of publication names another {name}"
    return ""


def _is_committed(act: Act, kept: ActPrivate) -> bool:
    found = commitment(str(act.uid), kept.field, bytes(kept.salt), bytes(kept.value))
    return found == act.data["c"].get(kept.field)


def problem_in_chain(run: Run) -> str:
    """Say what is wrong with the stored manifest, its signature, place or files; else empty."""
    try:
        manifest = stored_manifest(run)
        offline.check_signature(manifest, note.Key.parse(run.vkey))
        for before, after in _links(run, manifest):
            offline.check_link(after, before)
        _check_tree(manifest)
        _check_rows(run, manifest)
    except (offline.ManifestError, note.NoteError, OSError) as error:
        return str(error)
    return "" if manifest.sha256 == run.manifest_sha256 else "the stored manifest was changed"


def _links(
    run: Run, manifest: offline.Manifest
) -> Iterator[tuple[offline.Manifest, offline.Manifest]]:
    """Yield the two links of the chain at this report, each as (before, after)."""
    serial = run.serial or 0
    chain = Run.objects.of_kind(run.kind)
    for before in chain.filter(serial=serial - 1):
        yield stored_manifest(before), manifest
    for after in chain.filter(serial=serial + 1):
        yield manifest, stored_manifest(after)


def stored_manifest(run: Run) -> offline.Manifest:
    """Read the manifest of a published report from its file."""
    with run.artefacts.get(format=Artefact.Format.MANIFEST).file.open("rb") as file:
        return offline.read(file.read())


def _check_tree(manifest: offline.Manifest) -> None:
    """Hold the checkpoint in the manifest against the size and root beside it."""
    tree = manifest.body["tree"]
    if tree is None:
        return
    head = note.parse(tree["checkpoint"])
    if (str(head.size), base64.b64encode(head.root).decode()) != (tree["size"], tree["root"]):
        raise offline.ManifestError("the manifest's tree is not that of its checkpoint")


def _check_rows(run: Run, manifest: offline.Manifest) -> None:
    """Hold the figures and hashes that the database keeps against the manifest."""
    kept = {row.name: row.sha256 for row in run.artefacts.exclude(format=Artefact.Format.MANIFEST)}
    changed = {name for name, _hash in kept.items() ^ manifest.names.items()}
    if changed:
        raise offline.ManifestError(f"kept here are not the files of the manifest: {min(changed)}")
    if snapshots.digest(run.snapshot) != manifest.body["snapshot_sha256"]:
        raise offline.ManifestError("the figures kept here are not those of the manifest")


def _genuine(sha256: str, run: Run, artefact: Artefact | None) -> Answer:
    problem = problem_in_trail(run) or problem_in_chain(run)
    return Answer(Verdict.GENUINE, sha256, run, artefact, problem)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the file's bytes, then those of its small members where it is a zip."""
    file.seek(0)
    tail = b""
    while chunk := file.read(CHUNK):
        yield tail + chunk
        tail = chunk[-200:]
    # A file that is no zip, or one that this cannot unpack (NotImplementedError: an unknown way of
    # packing), has no members to be looked at; its own bytes were.
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist()[:MOST_MEMBERS]:
                if member.file_size <= MOST_MEMBER_BYTES:
                    yield archive.read(member)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
    ):
        return
