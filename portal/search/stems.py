"""Which known stems a word is made of, without a tokeniser: the fewest that cover the most of it.

Pure functions. A query is a few words, and the index knows the stems of all texts: a word such
as ``주차장이`` is cut into those that the index has and a rest, which is an ending.
"""

from collections.abc import Mapping

LONGEST = 8
# What a letter costs that no stem covers, beside 1 for each stem.
UNCOVERED = 1.5


def stems_in(word: str, known: Mapping[str, float]) -> list[str]:
    """Return the stems of ``word`` in order; ``known`` holds the share of texts with each."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        cost, stems = best[end - 1]
        ways = [(cost + UNCOVERED, stems)]
        for start in range(max(0, end - LONGEST), end - 1):
            part = word[start:end]
            if part in known:
                cost, stems = best[start]
                ways.append((cost + 1 + known[part], (*stems, part)))
        best.append(min(ways))
    return list(best[-1][1])
