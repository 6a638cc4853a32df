"""Which area and issue a text is likely to be about, so that people need not search the list."""

from collections import Counter

from portal.proposals.domain import similar
from portal.proposals.models import Area, Issue, Proposal
from portal.search import text as korean

MOST = 3


def for_text(title: str, problem: str) -> list[tuple[Area, Issue | None]]:
    """The likeliest areas, best first, at most three, each with its likeliest issue.

    Words of the text are compared with the names of areas and issues, and each proposal with a
    like title speaks for its own area; nothing is sent away. Empty where neither finds anything.
    """
    near = [proposal.area_id for proposal in similar.to_title(title) if proposal.area_id]
    return _likeliest(title, problem, Counter(near))


def _likeliest(title: str, problem: str, scores: Counter[int]) -> list[tuple[Area, Issue | None]]:
    words = Counter(korean.keywords(f"{title} {title} {problem}"[:2000]))
    if not words:
        return []
    best: dict[int, tuple[int, Issue]] = {}
    areas = {area.pk: area for area in Area.objects.all()}
    for area in areas.values():
        scores[area.pk] += 2 * _shared(words, area.name_ko)
    for issue in Issue.objects.all():
        score = _shared(words, issue.name_ko)
        scores[issue.area_id] += score
        if score > best.get(issue.area_id, (0, issue))[0]:
            best[issue.area_id] = (score, issue)
    return [
        (areas[pk], best[pk][1] if pk in best else None)
        for pk, score in scores.most_common(MOST)
        if score
    ]


def other_areas(proposal: Proposal) -> list[tuple[Area, Issue | None]]:
    """What the words of the text say, where the chosen area is not among it; else nothing."""
    found = _likeliest(proposal.title, proposal.problem, Counter())
    return [] if proposal.area_id in {area.pk for area, _issue in found} else found


def _shared(words: Counter[str], name: str) -> int:
    return sum(words[word] for word in set(korean.keywords(name)))
