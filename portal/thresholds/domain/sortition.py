"""Drawing people and proposals by lot so that anybody can draw again and find the same.

Nothing of the city's data is known here: text goes in, text comes out.

1.  A secret of 32 random bytes is made, and ``commitment(secret)`` is published with the list
    of candidates (codes without names) some days before the draw.
2.  After that day the operator enters public randomness that nobody could know before, such as
    the numbers of a lottery, and the secret is published.
3.  ``seed(secret, public)`` is SHA-256 over both; everyone may check that the secret has the
    commitment that was published.
4.  Candidates stand in strata (districts). Seats go to strata in proportion to their size by the
    largest remainder; equal remainders are ordered by the lot itself.
5.  Within a stratum the candidates are ordered by SHA-256 of the seed and their code, and the
    first take the seats. Whoever declines is replaced by the next of the same order.

Each candidate of a stratum is equally likely: the hash does not know who is behind a code.
"""

import hashlib
from collections.abc import Iterable, Mapping

Pool = Mapping[str, str]


def commitment(secret: str) -> str:
    """What is published of a secret beforehand: SHA-256 in hexadecimal."""
    return _hash("commitment", secret)


def seed(secret: str, public: str) -> str:
    """The seed of a draw from the secret and the public randomness entered after it."""
    return _hash("seed", secret, " ".join(public.split()))


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
