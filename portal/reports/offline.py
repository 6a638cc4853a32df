"""Whether a downloaded report is what was published: arithmetic only, no database.

Standard library and the trail's own note reader. The public key is handed in: a key
that came with the files would prove nothing.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from portal.audit import ed25519, note


class ManifestError(ValueError):
    """The file is no manifest, or it is not what was signed."""


@dataclass(frozen=True)
class Manifest:
    """A manifest as it was read, with the hash of what it says and the note under it."""

    body: dict[str, Any]
    sha256: str
    signature: str

    @property
    def names(self) -> dict[str, str]:
        """The hash of each file by its name."""
        return {row["name"]: row["sha256"] for row in self.body["artefacts"]}


def looks_like_manifest(name: str, raw: bytes) -> bool:
    """Whether ``raw`` is meant as a manifest, be it broken."""
    return name.endswith("manifest.json") or raw.startswith(b'{"manifest":')


def read(raw: bytes) -> Manifest:
    """Read a manifest without believing it. Raises ``ManifestError``."""
    try:
        whole = json.loads(raw.decode())
        body, signature = whole["manifest"], str(whole["signature"])
        rows = [(str(row["name"]), str(row["sha256"])) for row in body["artefacts"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError("the manifest cannot be read") from error
    text = _canonical(body)
    if _canonical({"manifest": body, "signature": signature}).encode() != raw.rstrip(b"\n"):
        raise ManifestError("the manifest is not in its canonical form")
    if len(dict(rows)) != len(rows):
        raise ManifestError("the manifest names a file twice")
    return Manifest(body, hashlib.sha256(text.encode()).hexdigest(), signature)


def check_signature(manifest: Manifest, key: note.Key) -> None:
    """Raise ``ManifestError`` unless ``key`` has signed this manifest at its place."""
    try:
        signed = note.verify(manifest.signature, key, ed25519.verify)
    except note.NoteError as error:
        raise ManifestError(str(error)) from error
    if (str(signed.size), signed.root.hex()) != (manifest.body.get("serial"), manifest.sha256):
        raise ManifestError("the signature is under another manifest")


def check_file(manifest: Manifest, name: str, raw: bytes) -> None:
    """Raise ``ManifestError`` unless the manifest names a file with exactly these bytes."""
    found = hashlib.sha256(raw).hexdigest()
    if found in manifest.names.values():
        return
    if name in manifest.names:
        raise ManifestError(
            f"changed: its SHA-256 is {found}, published was {manifest.names[name]}"
        )
    raise ManifestError(f"unknown: no file of the manifest has the SHA-256 {found}")


def check_link(manifest: Manifest, previous: Manifest) -> None:
    """Raise ``ManifestError`` unless ``previous`` comes right before ``manifest`` in the chain."""
    if manifest.body.get("previous") != previous.sha256:
        raise ManifestError("the manifest before it is another one than it names")


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
