#!/usr/bin/env python3
"""Check an exported audit trail, offline, with Python 3.9 or later and no packages.

    python3 -I -S verify_export.py EXPORT --key KEY [KEY …] [--held FILE …]
                                   [--printed LINE …] [--disclosed FILE] [--proof FILE …]

EXPORT       the downloaded .zip, or the folder it was unpacked to
--key        the log's public key (one line, "name+hash+key") or a file with it; get it
             from somewhere else than the export, for it decides what is believed; after
             a change of the key, the earlier one too
--held       where heads are that you kept earlier: a file of them, a letter as you saved
             it, the manifest or the data of a report (.json)
--printed    the foot of a printed report: "550 acts, root ABCD EFGH …"
--disclosed  values shown to you: lines of JSON with uid, field, salt (base64), value
--proof      single acts as .tlog-proof files

Prints every finding, the first broken act by its number, and as a remark where times
go back: the order is proved, a time is what a clock said. Exit code 0: everything
holds. 1: something does not. 2: the export cannot be read.
"""

import argparse
import base64
import io
import json
import sys
import zipfile
from pathlib import Path

# Run from a folder or from inside a zip, beside the files that it needs, also under -I.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import ed25519
import kept
import leaves
import merkle
import note
import tlog

CHECKPOINT_END = "====\n"
MOST_REMARKS = 20


class Export:
    """The files of an export, in a folder or still in its zip."""

    def __init__(self, path):
        self.path = Path(path)
        self.archive = None if self.path.is_dir() else zipfile.ZipFile(self.path)

    def open(self, name):
        return self.archive.open(name) if self.archive else (self.path / name).open("rb")

    def text(self, name):
        with self.open(name) as file:
            return file.read().decode()


class Trail:
    """What has been read so far, and what was wrong with it."""

    def __init__(self, keys):
        self.keys = keys
        self.findings = []
        self.remarks = []
        self.latest = ""
        self.printed = {}
        self.roots = {}
        self.heads = 0
        self.tree = merkle.Frontier()
        self.places = {}
        self.chains = {}
        self.disclosed = {}
        self.matched = 0

    def find(self, sentence, place=None):
        """Keep a finding; ``place`` orders it among the others."""
        self.findings.append((self.tree.size if place is None else place, sentence))

    def add_head(self, text, origin):
        """Believe a head if it is signed, and if no other one of its size was."""
        try:
            head = note.verify_with(text, self.keys, ed25519.verify)
        except note.NoteError as error:
            self.find(f"a head ({origin}) is not accepted: {error}")
            return None
        self.heads += 1
        if self.roots.setdefault(head.size, head.root) != head.root:
            self.find(
                f"two signed heads of {head.size} acts differ ({origin}): the log showed two "
                "histories; keep both, they prove it",
                head.size,
            )
        return head

    def add_leaf(self, line, claimed):
        """Check the next act, and grow the tree by the hash that the export claims for it."""
        index = self.tree.size
        try:
            self._check_act(leaves.read_leaf(line), line, claimed, index)
        except ValueError:
            self.find(f"act {index}: its text is missing or no act", index)
        self.tree.append(claimed)
        self.check_root()

    def _check_act(self, act, line, claimed, index):
        name = f"act {index} ({act['uid']}, {act['subject']}, {act['verb']})"
        value = merkle.leaf_hash(line)
        if value != claimed:
            self.find(f"{name}: its text is not the text that was sealed", index)
        if act["uid"] in self.places:
            self.find(f"{name}: the same act is also number {self.places[act['uid']]}", index)
        self.places[act["uid"]] = index
        self._check_chain(act, name, claimed, index)
        self._check_time(act, name)
        self._check_disclosed(act, name, index)

    def check_root(self):
        """Compare the tree with the head of its size, if somebody signed one."""
        root = self.roots.get(self.tree.size)
        if root is not None and root != self.tree.root():
            self.find(f"the acts do not give the signed head of {self.tree.size} acts")
        letters = self.printed.pop(self.tree.size, "")
        if not kept.as_printed(self.tree.root()).startswith(letters):
            self.find(f"the acts do not give the printed head of {self.tree.size} acts")

    def _check_time(self, act, name):
        seconds = leaves.set_back(self.latest, act["at"])
        if seconds > leaves.MOST_SET_BACK:
            self.remarks.append(
                f"{name}: says {act['at']}, after an act of {self.latest}: a clock was set "
                "back, or it was written long before its commit"
            )
        self.latest = max(self.latest, act["at"])

    def _check_chain(self, act, name, value, index):
        if "seq" not in act:
            return
        seq, previous, place = self.chains.get(act["subject"], (0, "", index))
        if (act["seq"], act["prev"]) != (seq + 1, previous):
            if act["seq"] == seq + 1 and seq:
                name = f"act {place} (number {seq} of {act['subject']}), or the next: {name}"
            self.find(f"{name}: the chain of its file is broken at link {act['seq']}", place)
        self.chains[act["subject"]] = (act["seq"], value.hex(), index)

    def _check_disclosed(self, act, name, index):
        for shown in self.disclosed.pop(act["uid"], ()):
            salt = base64.b64decode(shown["salt"])
            value = leaves.commitment(act["uid"], shown["field"], salt, shown["value"].encode())
            if act.get("c", {}).get(shown["field"]) == value:
                self.matched += 1
            else:
                self.find(
                    f"{name}: the value shown as {shown['field']} is not the sealed one", index
                )

    def close(self):
        """Report what the end of the export shows."""
        beyond = [size for size in sorted({*self.roots, *self.printed}) if size > self.tree.size]
        if beyond:
            self.find(f"signed heads of {beyond} acts, but only {self.tree.size} are exported")
        if self.tree.size > max(self.roots, default=0):
            self.find(f"no signed head covers all {self.tree.size} acts")
        if self.disclosed:
            self.find(f"{len(self.disclosed)} of the acts with values shown are not in the trail")


def read_trail(export, trail):
    """Go through the acts in their order."""
    trail.check_root()
    with export.open("leaves.ndjson") as acts, export.open("hashes.txt") as hashes:
        for line in acts:
            claimed = hashes.readline().strip()
            # No act ends in a carriage return; a program of Windows may have put one there.
            trail.add_leaf(line.rstrip(b"\r\n"), bytes.fromhex(claimed.decode()))
        if hashes.readline():
            trail.find("there are more hashes than acts")
    trail.close()


def read_heads(text):
    plain = text.replace("\r\n", "\n")
    return [part for part in plain.split(CHECKPOINT_END) if part.strip()]


def read_disclosed(text):
    """Read the values that were shown, by the number of their act."""
    shown = {}
    # Not splitlines(): a value may hold characters that it takes for ends of lines.
    for line in filter(str.strip, text.split("\n")):
        value = json.loads(line)
        shown.setdefault(value["uid"], []).append(value)
    return shown


def check_proof(path, trail):
    """Check one ``.tlog-proof`` against the key, and its head against the other heads."""
    try:
        leaf, index, proof, checkpoint = tlog.read_proof(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        trail.find(f"{path} is not accepted: {error}")
        return
    head = trail.add_head(checkpoint, path)
    value = merkle.leaf_hash(leaf)
    if head and not merkle.verify_inclusion(value, index, head.size, proof, head.root):
        trail.find(f"{path} does not prove that act {index} is under its head", index)


def arguments(given):
    parser = argparse.ArgumentParser(description="Check an exported audit trail.")
    parser.add_argument("export")
    parser.add_argument("--key", required=True, nargs="+")
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--printed", nargs="*", default=[])
    parser.add_argument("--disclosed")
    parser.add_argument("--proof", nargs="*", default=[])
    return parser.parse_args(given)


def check(options):
    """Check everything that ``options`` name, and give the trail with its findings."""
    trail = Trail([note.Key.parse(line) for line in kept.lines_of(options.key)])
    export = Export(options.export)
    for head in read_heads(export.text("checkpoints.txt")):
        trail.add_head(head, "exported")
    for path in options.held:
        add_held(path, trail)
    for path in options.proof:
        check_proof(path, trail)
    trail.printed = dict(kept.printed(line) for line in options.printed)
    if options.disclosed:
        trail.disclosed = read_disclosed(Path(options.disclosed).read_text(encoding="utf-8"))
    read_trail(export, trail)
    return trail


def add_held(path, trail):
    """Believe the heads that somebody kept in a file, where they are signed."""
    heads = kept.heads_in(path)
    if not heads:
        trail.find(f"{path} holds no head", 0)
    for head in heads:
        trail.add_head(head, f"held in {path}")


def main(given=None):
    # A terminal that is not UTF-8 must not stop the check.
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace")
    try:
        trail = check(arguments(given))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"The export cannot be read: {type(error).__name__}: {error}", flush=True)  # noqa: T201  its purpose
        return 2
    for _place, sentence in sorted(trail.findings, key=lambda finding: finding[0]):
        print(f"FINDING: {sentence}")  # noqa: T201  its purpose
    for sentence in trail.remarks[:MOST_REMARKS]:
        print(f"REMARK: {sentence}")  # noqa: T201  its purpose
    verdict = f"{len(trail.findings)} finding(s)" if trail.findings else "everything holds"
    print(  # noqa: T201  its purpose
        f"{trail.tree.size} acts, {trail.heads} signed heads, {trail.matched} values: {verdict}",
        flush=True,
    )
    return 1 if trail.findings else 0


if __name__ == "__main__":
    sys.exit(main())
