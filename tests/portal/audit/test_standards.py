"""The files that the portal hands out, read by a program that knows only the published texts.

Nothing of the portal's own hashing, proving or reading is used: RFC 6962 (sections 2.1 to 2.1.2)
is followed as it is written, recursively, and the notes as signed-note, tlog-checkpoint and
tlog-proof of C2SP describe them.
"""

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse

SIZES = (1, 2, 3, 6, 7, 8, 13)


def half(size):
    """Find k of the RFC: the largest power of two smaller than ``size``."""
    k = 1
    while 2 * k < size:
        k *= 2
    return k


def inner(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_path(m, n, leaf, path):
    """PATH(m, D[n]) of section 2.1.1, turned round: the root that it leads to."""
    if n == 1:
        assert path == []
        return leaf
    *rest, top = path
    k = half(n)
    if m < k:
        return inner(root_by_path(m, k, leaf, rest), top)
    return inner(top, root_by_path(m - k, n - k, leaf, rest))


def roots_by_proof(m, n, proof, old, *, whole=True):
    """SUBPROOF(m, D[n], b) of section 2.1.2, turned round: the old root and the new one."""
    if m == n:
        (same,) = [old] if whole and proof == [] else proof
        return same, same
    *rest, top = proof
    k = half(n)
    if m <= k:
        before, after = roots_by_proof(m, k, rest, old, whole=whole)
        return before, inner(after, top)
    before, after = roots_by_proof(m - k, n - k, rest, old, whole=False)
    return inner(top, before), inner(top, after)


def read_note(note, vkey):
    """Check a signed note under a verifier key: its text without the signatures."""
    name, number, encoded = vkey.split("+", 2)
    raw = base64.b64decode(encoded)
    assert raw[0] == 1
    assert hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() == number
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        dash, signer, signature = line.split(" ")
        value = base64.b64decode(signature)
        if (dash, signer, value[:4].hex()) == ("—", name, number):
            message = f"{text}\n".encode()
            Ed25519PublicKey.from_public_bytes(raw[1:]).verify(value[4:], message)
            return text
    raise AssertionError("not signed by this key")


def read_head(note, vkey):
    """Check a checkpoint: size and root."""
    origin, size, root = read_note(note, vkey).split("\n")
    assert origin == vkey.partition("+")[0]
    return int(size), base64.b64decode(root)


@pytest.fixture
def grown(client, write, seal):
    """A trail that was sealed at each of the sizes: numbers of its acts, key, head by size."""
    uids, heads = [], {}
    for size in SIZES:
        uids += write(size - len(uids))
        seal()
        heads[size] = client.get(reverse("audit:checkpoint")).content.decode()
    return uids, client.get(reverse("audit:key")).content.decode().strip(), heads


def test_proof_of_each_act_is_read_as_the_standards_say(client, grown):
    uids, vkey, _heads = grown

    for place, uid in enumerate(uids):
        text = client.get(reverse("audit:proof", args=[uid])).content.decode()
        top, _, note = text.partition("\n\n")
        kind, extra, index, *path = top.split("\n")
        size, root = read_head(note, vkey)
        leaf = base64.b64decode(extra.removeprefix("extra "))

        assert (kind, index) == ("c2sp.org/tlog-proof@v1", f"index {place}")
        assert json.loads(leaf)["uid"] == str(uid)
        hashed = hashlib.sha256(b"\x00" + leaf).digest()
        path = [base64.b64decode(line) for line in path]
        assert root_by_path(place, size, hashed, path) == root


def test_consistency_of_any_two_heads_is_read_as_the_standards_say(client, grown):
    _uids, vkey, notes = grown
    heads = {size: read_head(note, vkey) for size, note in notes.items()}

    for old in SIZES:
        for new in (size for size in SIZES if size >= old):
            url = reverse("audit:consistency", args=[old, new])
            lines = client.get(url).content.decode().splitlines()
            proof = [base64.b64decode(line) for line in lines]
            roots = (heads[old][1], heads[new][1])

            assert (heads[old][0], heads[new][0]) == (old, new)
            assert roots_by_proof(old, new, proof, roots[0]) == roots
