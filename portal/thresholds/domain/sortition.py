"""Drawing people and proposals by lot so that anybody can draw again and find the same.

    python3 -I -S sortition.py panel.json pool.csv

checks a panel offline, with Python 3.9 or later and no packages: ``panel.json`` are the panel's
facts (``/api/v1/panels/NUMBER/``), ``pool.csv`` its candidates. Exit code 0: everything holds.

1.  Some days before the draw three things become public: the list of candidates (codes without
    names) and its hash, the ``commitment`` of a secret of 32 random bytes, and from which outside
    source numbers will be taken, such as the next draw of a lottery. Nothing of it can be changed.
2.  After that day the numbers of that source are entered and the secret is published.
3.  ``seed`` is SHA-256 over secret, numbers (in rising order) and the hash of the list. Everyone
    may check that the secret has the commitment, and the list the hash, published before.
4.  Candidates stand in strata (districts). Seats go to strata in proportion to their size by the
    largest remainder; equal remainders are ordered by the lot itself.
5.  Within a stratum the candidates are ordered by SHA-256 of the seed and their code, and the
    first take the seats. Whoever declines is replaced by the next of the same order.

Each candidate of a stratum is equally likely: the hash does not know who is behind a code. Nobody
can try seeds until one pleases: the city chose secret and list before the numbers existed, and
whoever makes the numbers does not know the secret.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Pool = Mapping[str, str]
USAGE = 2


def commitment(secret: str) -> str:
    """What is published of a secret beforehand: SHA-256 in hexadecimal."""
    return _hash("commitment", secret)


def pool_hash(pool: Pool) -> str:
    """What fixes the list of candidates (code → stratum) beforehand."""
    return _hash("pool", *(part for code in sorted(pool) for part in (code, pool[code])))


def numbers(text: str) -> str:
    """The public numbers in the one way in which they count: in rising order, a space between."""
    return " ".join(map(str, sorted(int(number) for number in re.findall(r"[0-9]+", text))))


def seed(secret: str, public: str, listed: str) -> str:
    """The seed of a draw from the secret, the public numbers and the hash of the candidates."""
    return _hash("seed", secret, numbers(public), listed)


def order(codes: Iterable[str], drawn_seed: str) -> list[str]:
    """All ``codes`` in the order of the lot."""
    return sorted(codes, key=lambda code: (_hash("lot", drawn_seed, code), code))


def seats_of(pool: Pool, seats: int, drawn_seed: str) -> dict[str, int]:
    """How many of ``seats`` each stratum of ``pool`` (code → stratum) gets."""
    sizes: dict[str, int] = {}
    for stratum in pool.values():
        sizes[stratum] = sizes.get(stratum, 0) + 1
    total, seats = len(pool), min(seats, len(pool))
    if not total:
        return {}
    given = {stratum: seats * size // total for stratum, size in sizes.items()}
    remainders = {stratum: seats * size % total for stratum, size in sizes.items()}
    by_lot = order(sizes, drawn_seed)
    by_lot.sort(key=lambda stratum: -remainders[stratum])
    for stratum in by_lot[: seats - sum(given.values())]:
        given[stratum] += 1
    return given


def draw(pool: Pool, seats: int, drawn_seed: str) -> list[str]:
    """The codes drawn from ``pool`` for ``seats``, in the order of the lot."""
    given = seats_of(pool, seats, drawn_seed)
    taken: list[str] = []
    for code in order(pool, drawn_seed):
        if given[pool[code]]:
            given[pool[code]] -= 1
            taken.append(code)
    return taken


def replacement(pool: Pool, drawn_seed: str, *, used: Iterable[str], stratum: str) -> str | None:
    """Who is next by the same lot: of the same stratum, else of any; ``None`` where nobody is."""
    gone = set(used)
    left = [code for code in order(pool, drawn_seed) if code not in gone]
    same = [code for code in left if pool[code] == stratum]
    return next(iter(same or left), None)


def _hash(*parts: str) -> str:
    """SHA-256 over the parts, each with its length before it so that none runs into the next."""
    text = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


# --- The check of a panel that was drawn ----------------------------------------------------


def check(panel: Mapping[str, Any], states: Mapping[str, str], pool: Pool) -> list[str]:
    """What does not hold of a panel: its facts, its candidates' states and strata by code."""
    drawn_seed = seed(panel["secret"], panel["numbers"], pool_hash(pool))
    asked = {code for code, state in states.items() if state != "pool"}
    findings = [
        (commitment(panel["secret"]) == panel["commitment"], "the secret is not the one promised"),
        (pool_hash(pool) == panel["pool_hash"], "the candidates are not those published before"),
        (drawn_seed == panel["seed"], "secret, numbers and candidates do not give the seed"),
        (set(draw(pool, panel["seats"], drawn_seed)) <= asked, "not all who were drawn were asked"),
        (asked <= _first(pool, drawn_seed, asked), "somebody was asked out of turn"),
    ]
    return [sentence for holds, sentence in findings if not holds]


def _first(pool: Pool, drawn_seed: str, asked: set[str]) -> set[str]:
    """As many as were asked of each stratum, from the top of the order of the lot."""
    left: dict[str, int] = {}
    for code in asked:
        left[pool[code]] = left.get(pool[code], 0) + 1
    found = set()
    for code in order(pool, drawn_seed):
        if left.get(pool[code], 0):
            left[pool[code]] -= 1
            found.add(code)
    return found


def main(given: list[str]) -> int:
    """Check the two files that are named, say what was found, and give the exit code."""
    if len(given) != USAGE:
        print("python3 -I -S sortition.py panel.json pool.csv")  # noqa: T201  its purpose
        return USAGE
    panel = json.loads(Path(given[0]).read_text(encoding="utf-8"))
    with Path(given[1]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pool = {row["code"]: row["stratum"] for row in rows}
    findings = check(panel, {row["code"]: row["state"] for row in rows}, pool)
    for sentence in findings:
        print(f"FINDING: {sentence}")  # noqa: T201  its purpose
    codes = draw(pool, panel["seats"], panel["seed"])
    print(f"{len(codes)} of {len(pool)} drawn: {' '.join(codes)}")  # noqa: T201  its purpose
    print("something does not hold" if findings else "everything holds")  # noqa: T201  its purpose
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
