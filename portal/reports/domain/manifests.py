"""The manifest of a report: what its files are, under what tree, after which manifest; signed.

The manifests of one kind of report are a chain: each names the hash of the one before. The
signature is a C2SP signed note over the origin, the place in the chain and the hash.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.audit import note
from portal.audit.domain.signer import Signer
from portal.reports.domain import snapshots
from portal.reports.models import Run

FORMAT = "hamkke-report-manifest/1"
KEYS = "reports"


@dataclass(frozen=True)
class Made:
    """A file that was made: its format, its name, its bytes."""

    format: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def as_row(self) -> dict[str, str]:
        return {
            "format": self.format,
            "name": self.name,
            "size": str(len(self.content)),
            "sha256": self.sha256,
        }


def signer_of(kind: str) -> Signer:
    """Give the hand that signs the manifests of ``kind``.

    Its key is not the one of the trail's heads: whoever makes reports cannot sign a head.
    """
    origin = f"{settings.AUDIT_ORIGIN}/reports/{kind}"
    return Signer(origin, key_folder())


def key_folder() -> Path:
    """Where the keys lie that sign reports, apart from the trail's where the city says so."""
    return Path(settings.REPORT_KEY_DIR or Path(settings.KEY_DIR, KEYS))


def body_of(
    run: Run, snapshot: str, files: list[Made], serial: int, previous: str
) -> dict[str, Any]:
    """Write what is signed. ``previous`` is the hash of the manifest before, or empty."""
    return {
        "format": FORMAT,
        "id": snapshots.identity(run),
        "kind": run.kind,
        "period": run.period,
        "edition": str(run.edition),
        "serial": str(serial),
        "created": snapshots.now(),
        "software": settings.SOFTWARE_VERSION,
        "tree": snapshots.tree_now(),
        "snapshot_sha256": snapshots.digest(snapshot),
        "artefacts": [made.as_row() for made in files],
        "previous": previous or None,
    }


def signed(body: dict[str, Any]) -> tuple[str, str]:
    """Sign ``body``; return the text of ``manifest.json`` and the hash that was signed."""
    found = snapshots.digest(snapshots.canonical(body))
    signer = signer_of(body["kind"])
    text = note.body(signer.origin, int(body["serial"]), bytes.fromhex(found))
    return snapshots.canonical({"manifest": body, "signature": signer.sign_text(text)}), found
