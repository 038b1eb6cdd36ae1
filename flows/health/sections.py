"""Have whole sections of a source fallen silent, while the others go on?

A holiday thins all sections, a fault empties some. So a day is held against the sections of the
days before: how likely is it that of its articles none falls into those that are silent? For one
day that is often too little to tell a fault from a holiday, so the days before count, as long as
the same sections were silent on them.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import mean

from flows.health.history import History
from flows.health.limits import Limits
from warehouse.health import SourceDay

KNOWN = 0.03  # share of a source's articles from which a section is one that can be missed
DRAWN = 5.0  # articles that the shares of all days count for in those of a weekday
LEAST_ALIKE = 0.01  # no source's days are believed to be more even


def lost_sections(
    today: SourceDay, history: History, limits: Limits, *, thin: bool
) -> tuple[str, ...]:
    """Return the sections that are silent although the rest goes on, the largest first.

    None when chance may have it so. `thin` says that the day's volume is an alarm by half: then
    less speaks for chance.
    """
    past = [day for day in history.well if day.sections]
    if not today.sections or len(past) < limits.young.days:
        return ()
    known = _shares(past)
    silent = frozenset(name for name in known if not today.sections.get(name))
    odds = limits.sections.odds_of_thin if thin else limits.sections.odds
    weight = 0.0
    for day in [today, *reversed(history.days[-limits.sections.days + 1 :])]:
        silent = frozenset(name for name in silent if not day.sections.get(name))
        if not silent or not day.sections:
            break
        weight += _weight(day, silent, past, known)
        choices = math.log(math.comb(len(known), len(silent)))
        if weight > choices - math.log(odds) and _never_before(silent, past, today):
            return tuple(sorted(silent, key=lambda name: (-known[name], name)))
    return ()


def _shares(days: Sequence[SourceDay]) -> dict[str, float]:
    """Return what share of its articles each section of some size brings."""
    sums: Counter[str] = Counter()
    for day in days:
        sums.update(day.sections)
    total = sums.total()
    return {name: count / total for name, count in sums.items() if count >= KNOWN * total}


def _weight(
    day: SourceDay, silent: frozenset[str], past: Sequence[SourceDay], known: Mapping[str, float]
) -> float:
    """Return the negative log of the odds that chance kept those sections silent on a day.

    The share of a day varies around the usual one (a beta-binomial count): a day of one great
    story has ten articles in a section and none elsewhere.
    """
    same = [each for each in past if each.day.weekday() == day.day.weekday()]
    overall = sum(known[name] for name in silent)
    within, of = (sum(part) for part in zip((0, 0), *_counts(same, silent), strict=True))
    share = min(0.99, (within + DRAWN * overall) / (of + DRAWN))
    tight = 1 / _likeness(_counts(past, silent), overall) - 1
    rest = (1 - share) * tight
    articles = sum(day.sections.values())
    lgamma = math.lgamma
    return lgamma(rest) - lgamma(rest + articles) + lgamma(tight + articles) - lgamma(tight)


def _likeness(counts: Sequence[tuple[int, int]], share: float) -> float:
    """Return how alike the articles of a day are, 0 to 1: by how much more its share varies."""
    chance = share * (1 - share)
    extra = mean((part - share * of) ** 2 / (of * chance) for part, of in counts) - 1
    return min(0.5, max(LEAST_ALIKE, extra / max(1.0, mean(of for _, of in counts) - 1)))


def _counts(days: Sequence[SourceDay], names: frozenset[str]) -> list[tuple[int, int]]:
    """Return, of each day, the articles in those sections and in all."""
    return [(_of(day, names), sum(day.sections.values())) for day in days]


def _never_before(silent: frozenset[str], past: Sequence[SourceDay], today: SourceDay) -> bool:
    """Tell whether no such weekday has been without all of them: no weekend edition is a fault."""
    same = [day for day in past if day.day.weekday() == today.day.weekday()]
    return bool(same) and all(_of(day, silent) for day in same)


def _of(day: SourceDay, names: frozenset[str]) -> int:
    return sum(day.sections.get(name, 0) for name in names)
