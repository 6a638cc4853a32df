"""Proofs in a file of their own: c2sp.org/tlog-proof.

Such a file carries an act, its place, its inclusion proof and the signed head to
which the proof leads, so it can be checked without the portal, for ever.
Standard library only; ``verify_export.py`` reads the same format for auditors.
"""

import base64
from collections.abc import Sequence

FORMAT = "c2sp.org/tlog-proof@v1"


def proof_text(leaf: bytes, index: int, proof: Sequence[bytes], checkpoint: str) -> str:
    """Write the file for the act ``leaf`` at ``index``."""
    hashes = "".join(f"{base64.b64encode(value).decode()}\n" for value in proof)
    extra = base64.b64encode(leaf).decode()
    return f"{FORMAT}\nextra {extra}\nindex {index}\n{hashes}\n{checkpoint}"


def read_proof(text: str) -> tuple[bytes, int, list[bytes], str]:
    """Take the file apart: the act, its index, the proof, the checkpoint. Raises ``ValueError``."""
    top, _, checkpoint = text.partition("\n\n")
    kind, extra, index, *hashes = top.split("\n")
    if kind != FORMAT or not extra.startswith("extra ") or not index.startswith("index "):
        raise ValueError("this is no proof of an act")
    proof = [base64.b64decode(line, validate=True) for line in hashes]
    leaf = base64.b64decode(extra.removeprefix("extra "), validate=True)
    return leaf, int(index.removeprefix("index ")), proof, checkpoint
