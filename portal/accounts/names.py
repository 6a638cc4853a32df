"""Names of people as strangers may see them."""

from django.utils.translation import gettext


def shown(name: str, *, in_full: bool) -> str:
    """The name as strangers see it: masked, unless its bearer chose otherwise."""
    if not name:
        return gettext("someone who has left")
    return name if in_full else masked(name)


def masked(name: str) -> str:
    """Cover the middle of a name: 홍길동 → 홍*동, 홍길 → 홍*, 남궁민수 → 남**수.

    The first and last characters stay, as public lists in Korea show names.
    Names in words (English) keep the first letter of each word.
    """
    name = " ".join(name.split())
    if " " in name:
        return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
    if len(name) <= 1:
        return "*"
    if len(name) == 2:  # noqa: PLR2004  two syllables have no middle
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
