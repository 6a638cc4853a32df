"""Signed heads: written and read as the published formats say, with two Ed25519 programs."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.audit import ed25519, note
from portal.audit.domain.check import verify_signature

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SECRET.public_key().public_bytes_raw()
KEY = note.Key("test.example/audit", PUBLIC)
WITNESS = note.Key("auditor.example/one", PUBLIC, note.COSIGNATURE)
ROOT = bytes(reversed(range(32)))

# RFC 8032, section 7.1: public key, message, signature.
RFC8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
            "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
            "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
            "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.fixture
def checkpoint():
    return note.sign(note.body(KEY.name, 7, ROOT), KEY, SECRET.sign)


@pytest.mark.parametrize("check", [ed25519.verify, verify_signature])
@pytest.mark.parametrize(("public", "message", "signature"), RFC8032)
def test_published_signatures_hold_in_both_programs(check, public, message, signature):
    public, message, signature = (bytes.fromhex(text) for text in (public, message, signature))

    assert check(public, signature, message)
    assert not check(public, signature, message + b"x")


@settings(max_examples=15, deadline=None)
@given(message=st.binary(max_size=200), bit=st.integers(0, 511))
def test_a_signature_with_one_other_bit_is_false(message, bit):
    signature = bytearray(SECRET.sign(message))

    assert ed25519.verify(PUBLIC, bytes(signature), message)

    signature[bit // 8] ^= 1 << bit % 8
    assert not ed25519.verify(PUBLIC, bytes(signature), message)


@pytest.mark.parametrize(("public", "signature"), [(b"short", bytes(64)), (bytes(32), b"short")])
def test_signatures_of_the_wrong_length_are_false(public, signature):
    assert not ed25519.verify(public, signature, b"")


def test_a_point_outside_the_curve_is_no_key():
    outside = (2).to_bytes(32, "little")

    assert not ed25519.verify(outside, SECRET.sign(b"x"), b"x")


def test_checkpoint_is_three_lines_and_a_signature(checkpoint):
    lines = checkpoint.split("\n")

    assert lines[:2] == ["test.example/audit", "7"]
    assert lines[3] == ""
    assert lines[4].startswith("— test.example/audit ")
    assert len(checkpoint.encode()) < 200


@pytest.mark.parametrize("check", [ed25519.verify, verify_signature])
def test_checkpoint_is_read_when_its_key_signed(checkpoint, check):
    head = note.verify(checkpoint, KEY, check)

    assert (head.origin, head.size, head.root) == (KEY.name, 7, ROOT)


def test_checkpoint_with_another_size_is_refused(checkpoint):
    with pytest.raises(note.NoteError, match="false"):
        note.verify(checkpoint.replace("\n7\n", "\n8\n"), KEY, ed25519.verify)


def test_checkpoint_without_the_known_key_is_refused(checkpoint):
    other = note.Key(KEY.name, bytes(32))

    with pytest.raises(note.NoteError, match="has not signed"):
        note.verify(checkpoint, other, ed25519.verify)


def test_checkpoint_of_another_log_is_refused():
    foreign = note.sign(note.body("other.example/log", 7, ROOT), KEY, SECRET.sign)

    with pytest.raises(note.NoteError, match="not of test"):
        note.verify(foreign, KEY, ed25519.verify)


OTHER_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
OTHER = note.Key(KEY.name, OTHER_SECRET.public_key().public_bytes_raw())


def test_head_of_two_keys_is_read_by_either_and_refused_where_one_is_false(checkpoint):
    both = note.sign_too(checkpoint, OTHER, OTHER_SECRET.sign)

    for keys in ([KEY], [OTHER], [KEY, OTHER], [note.Key(KEY.name, bytes(32)), OTHER]):
        assert note.verify_with(both, keys, ed25519.verify).size == 7

    forged = note.sign_too(checkpoint, OTHER, SECRET.sign)
    with pytest.raises(note.NoteError, match="false"):
        note.verify_with(forged, [KEY, OTHER], ed25519.verify)
    with pytest.raises(note.NotSignedError, match="no key to believe"):
        note.verify_with(both, [], ed25519.verify)


def test_cosignature_covers_the_head_and_the_time(checkpoint):
    cosigned = note.cosign(checkpoint, WITNESS, SECRET.sign, 1_800_000_000)

    assert note.verify(cosigned, WITNESS, ed25519.verify).size == 7
    assert note.verify(cosigned, KEY, ed25519.verify).size == 7

    forged = note.cosign(checkpoint, WITNESS, lambda message: SECRET.sign(b"x"), 1)
    with pytest.raises(note.NoteError, match="false"):
        note.verify(forged, WITNESS, ed25519.verify)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature",
        "origin\n07\nAAAA\n\n— a b\n",
        f"origin\n²\n{'A' * 43}=\n\n",
        "origin\n7\n!!!!\n\n",
        "origin\n7\nAAAA\n\n",
        f"origin\n7\n{'A' * 43}=\n\nno dash\n",
        f"origin\n7\n{'A' * 43}=\n\n— name AAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(note.NoteError):
        note.parse(text)


def test_key_is_read_back_from_its_text():
    assert note.Key.parse(f"{KEY}\n") == KEY


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+AAAA", str(KEY).replace("test", "toast")]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(note.NoteError):
        note.Key.parse(text)
