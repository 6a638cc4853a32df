"""The hand that signs heads: a key in a file, and the memory of what it signed last.

It signs only what begins with the last head it signed, and asks for the proof.
Whoever changes the database, as its administrator too, gets no signature on a
second history. The key and the memory lie in ``KEY_DIR``, not in the database.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from portal.audit import note
from portal.audit.merkle import EMPTY, verify_consistency

KEY_FILE = "audit.ed25519"
MEMORY_FILE = "audit.head"
# The secret of an earlier key, until a head has been signed by both; and all earlier public keys.
BEFORE_FILE = "audit.ed25519.before"
EARLIER_FILE = "audit.keys"

# (size of the old tree, size of the new one) -> consistency proof
Prove = Callable[[int, int], list[bytes]]


class ForkRefusedError(Exception):
    """The tree does not begin with the head that was signed last."""


@dataclass(frozen=True)
class Signer:
    """Signs the heads of ``origin`` with the key in ``folder``."""

    origin: str
    folder: Path

    @classmethod
    def of_the_portal(cls) -> "Signer":
        return cls(settings.AUDIT_ORIGIN, Path(settings.KEY_DIR))

    @property
    def key(self) -> note.Key:
        """The public key, as it is published."""
        return self._public(self._secret())

    @property
    def has_key(self) -> bool:
        """Whether the key lies here already: asking for it would make one."""
        return (self.folder / KEY_FILE).exists()

    def sign(self, size: int, root: bytes, prove: Prove) -> str:
        """Give the checkpoint of a tree; ``ForkRefusedError`` where it is another history."""
        old, old_root = self.last()
        extends = size >= old and verify_consistency(old, size, old_root, root, prove(old, size))
        if not extends:
            raise ForkRefusedError(
                f"the tree of {size} acts does not begin with the signed head of {old} acts"
            )
        head = self.sign_text(note.body(self.origin, size, root))
        before = self.folder / BEFORE_FILE
        if not before.exists():
            return head
        secret = _read_secret(before)
        return note.sign_too(head, self._public(secret), secret.sign)

    def sign_text(self, text: str) -> str:
        """Sign ``text`` (whole lines) of a log without a tree: no memory is asked, no proof."""
        secret = self._secret()
        return note.sign(text, self._public(secret), secret.sign)

    def change_key(self) -> tuple[note.Key, note.Key]:
        """Make a new key in the place of the old one, and give both, the old one first.

        The next head carries the signatures of both, so that whoever believes the old key sees
        it name the new one; then the old secret is deleted.
        """
        old, path = self.key, self.folder / KEY_FILE
        with (self.folder / EARLIER_FILE).open("a", encoding="utf-8") as file:
            file.write(f"{old}\n")
        path.replace(self.folder / BEFORE_FILE)
        return old, self.key

    def known_keys(self) -> list[note.Key]:
        """Give the key and all earlier ones; none where no key lies here."""
        if not self.has_key:
            return []
        earlier = self.folder / EARLIER_FILE
        lines = earlier.read_text(encoding="utf-8").splitlines() if earlier.exists() else []
        return [self.key, *(note.Key.parse(line) for line in lines if line.strip())]

    def remember(self, checkpoint: str) -> None:
        """Keep ``checkpoint`` as the last one, once the database has it for good.

        Of two sealers the one that is heard later may have the smaller tree: what was signed
        last stays. Every head was signed as continuing the one before, so nothing is lost.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            signed = note.parse(checkpoint)
            if signed.size < self.last()[0]:
                return
            self._put(checkpoint).replace(self.folder / MEMORY_FILE)
            if len(signed.signatures) > 1:
                (self.folder / BEFORE_FILE).unlink(missing_ok=True)

    def last(self) -> tuple[int, bytes]:
        """Give size and root of the last head signed; the empty tree before the first."""
        memory = self.folder / MEMORY_FILE
        if not memory.exists():
            return 0, EMPTY
        checkpoint = note.parse(memory.read_text(encoding="utf-8"))
        return checkpoint.size, checkpoint.root

    def _secret(self) -> Ed25519PrivateKey:
        path = self.folder / KEY_FILE
        if not path.exists():
            self._make_key(path)
        return _read_secret(path)

    def _public(self, secret: Ed25519PrivateKey) -> note.Key:
        return note.Key(self.origin, secret.public_key().public_bytes_raw())

    def _make_key(self, path: Path) -> None:
        """Write a new key, readable by its owner alone; of two makers the first one wins."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._put(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        try:
            with suppress(FileExistsError):
                path.hardlink_to(fresh)
        finally:
            fresh.unlink()

    def _put(self, text: str) -> Path:
        """Write ``text`` for good under a name that nobody else has, readable by its owner."""
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".fresh-")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other thread or process changes the memory, and keep them out."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def _read_secret(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
