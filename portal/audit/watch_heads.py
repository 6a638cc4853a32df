#!/usr/bin/env python3
"""Check that each letter with a head continues the one before, with Python 3.9 and no packages.

    python3 -I -S watch_heads.py LETTER --key KEY [KEY …] --memory FILE

LETTER    the letter as you saved it, or any text with a head and, beneath it, the hashes
          that prove that it continues the one before (/audit/consistency/OLD/NEW)
--key     the log's public key (one line, "name+hash+key") or a file with it
--memory  where the last head is kept; made at the first letter

Whoever runs this with every letter is a witness: a trail that was rewritten or set back
cannot send a letter that passes. Exit code 0: it continues, and is remembered. 1: it does
not; the memory stays as it was. Keep the letter and the memory: together they prove it.
2: the letter cannot be read.
"""

import argparse
import base64
import io
import sys
from pathlib import Path

# Run from a folder, beside the files that it needs, also under -I.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import ed25519
import kept
import merkle
import note


class DoesNotContinueError(Exception):
    """The head in the letter does not continue the one that is remembered."""


def remembered(path, keys):
    """Give size and root of the head that was kept; the empty tree before the first."""
    if not path.exists():
        return 0, merkle.EMPTY
    (text,) = kept.heads_in(path)
    head = note.verify_with(text, keys, ed25519.verify)
    return head.size, head.root


def follow(letter, keys, memory):
    """Remember the head in ``letter`` where it continues the one in ``memory``; give it."""
    size, root = remembered(memory, keys)
    text = kept.heads_in(letter)[-1]
    head = note.verify_with(text, keys, ed25519.verify)
    if head.size < size:
        raise DoesNotContinueError(
            f"the trail had {size} acts, and is now said to have {head.size}"
        )
    proof = [base64.b64decode(line) for line in kept.hashes_in(letter)]
    proof = proof if 0 < size < head.size else []
    if not merkle.verify_consistency(size, head.size, root, head.root, proof):
        raise DoesNotContinueError(
            f"the trail of {head.size} acts is not shown to continue the one of {size}; after a "
            f"letter that was missed, put /audit/consistency/{size}/{head.size} beneath the head"
        )
    memory.write_bytes(text.encode())
    return head


def arguments(given):
    parser = argparse.ArgumentParser(description="Check that a head continues the one before.")
    parser.add_argument("letter", type=Path)
    parser.add_argument("--key", required=True, nargs="+")
    parser.add_argument("--memory", required=True, type=Path)
    return parser.parse_args(given)


def main(given=None):
    # A terminal that is not UTF-8 must not stop the check.
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace")
    options = arguments(given)
    try:
        keys = [note.Key.parse(line) for line in kept.lines_of(options.key)]
        head = follow(options.letter, keys, options.memory)
    except DoesNotContinueError as error:
        print(f"REFUSED: {error}", flush=True)  # noqa: T201  its purpose
        return 1
    except (OSError, ValueError, IndexError) as error:
        print(f"The letter cannot be read: {error}", flush=True)  # noqa: T201  its purpose
        return 2
    print(f"{head.size} acts: continues what was kept, and is kept now.", flush=True)  # noqa: T201  its purpose
    return 0


if __name__ == "__main__":
    sys.exit(main())
