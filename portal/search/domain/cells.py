"""What things are counted by: each combination of their choices has one number."""

from collections.abc import Iterable, Mapping

from portal.keeping import kept
from portal.search.models import Cell

Key = tuple[str, ...]
# What a number stands for never changes; only new ones come.
KEY_SECONDS = 600


def numbers_of(kind: str, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the number of each cell of ``kind``, making those that are new."""
    wanted = set(keys)
    known = _known(kind)
    if new := wanted - known.keys():
        Cell.objects.bulk_create(
            [Cell(kind=kind, key=list(key)) for key in sorted(new)], ignore_conflicts=True
        )
        known = _known(kind)
    return {key: known[key] for key in wanted}


def by_key(kind: str, numbers: Mapping[int, int]) -> dict[Key, int]:
    """Return ``numbers`` of cells of ``kind`` by what these stand for."""
    keys = _keys(kind)
    if not numbers.keys() <= keys.keys():
        keys = _keys_now(kind)
    return {keys[cell]: n for cell, n in numbers.items()}


@kept(KEY_SECONDS, by=lambda kind: kind)
def _keys(kind: str) -> Mapping[int, Key]:
    return _keys_now(kind)


def _keys_now(kind: str) -> Mapping[int, Key]:
    return {number: key for key, number in _known(kind).items()}


def _known(kind: str) -> dict[Key, int]:
    return {tuple(key): pk for pk, key in Cell.objects.filter(kind=kind).values_list("pk", "key")}
