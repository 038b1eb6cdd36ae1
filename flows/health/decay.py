"""Has a part of a source's articles begun to fail: titles, dates, authors, bodies, acceptance?

Each signal is a rate over articles or documents. It has decayed when the evidence of the last days
makes a broken reading far likelier than the source as it was (Wald's sequential test, 1945), and
the rate lies below what the same weekdays have shown.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from flows.health.history import TO_SIGMA, History
from flows.health.limits import Limits
from warehouse.health import SourceDay

Counts = tuple[int, int]
"""Of how many, and how many of them are sound."""
BROKEN = 0.4  # a broken reading keeps that share of what was sound
SUREST = 0.985  # no rate is believed to be higher: two odd pages are not a decay in a dense source
FEW = 3  # articles from which a day has a rate of its own
ENOUGH = 30  # articles from which a day is judged without the days before
REACH = 5.0  # standard deviations of the daily medians
WEEKS = 4
DRAWN = 5.0  # articles that the rate of all days counts for in that of a weekday
TAIL = 10  # days over which evidence is summed up

SIGNALS: Mapping[str, Callable[[SourceDay], Counts]] = {
    "accepted": lambda d: (d.documents, d.documents - d.rejected),
    "new": lambda d: (d.documents, d.documents - d.duplicates),
    "title": lambda d: (d.articles, d.titled),
    "own_title": lambda d: (d.titled, d.distinct_titles),
    "published_at": lambda d: (d.articles, d.dated),
    "recent": lambda d: (d.dated, d.recent),
    "authors": lambda d: (d.articles, d.signed),
    "body": lambda d: (d.articles, d.full_bodies),
    "unflagged": lambda d: (d.articles, d.unflagged),
}
"""What each signal counts."""
LENGTHS: Mapping[str, Callable[[SourceDay], float | None]] = {
    "words": lambda d: d.words,
    "kept_ratio": lambda d: d.kept_ratio,
}
"""Medians that move when the page changes around its text."""


@dataclass(frozen=True, slots=True)
class Decayed:
    """A signal that has fallen."""

    signal: str
    told: str
    weight: float
    """How strong the evidence is; to compare signals by."""


def decayed(
    today: SourceDay, history: History, limits: Limits, expected: Mapping[str, float]
) -> Decayed | None:
    """Return the signal that has fallen most clearly, or None.

    `expected` gives rates that the source's own file promises, by signal.
    """
    found = [
        *(_rate(name, today, history, limits, expected.get(name)) for name in SIGNALS),
        *(_length(name, today, history, limits) for name in LENGTHS),
    ]
    fallen = [each for each in found if each is not None]
    return max(fallen, key=lambda each: each.weight, default=None)


def _rate(
    name: str, today: SourceDay, history: History, limits: Limits, promised: float | None
) -> Decayed | None:
    count = SIGNALS[name]
    of, sound = count(today)
    usual = _usual(history, count, promised)
    same = [] if promised is not None else [count(day) for day in history.weekday(today.day)]
    lowest = _lowest(same, usual[today.day.weekday()])
    if of == 0 or (of >= FEW and sound / of >= limits.decay.share * lowest):
        return None
    tail = history.well[-TAIL:] if of < ENOUGH else []
    found = _evidence([(count(day), usual[day.day.weekday()]) for day in [*tail, today]])
    if found.weight < math.log(limits.decay.odds):
        return None
    if found.sound >= limits.decay.share * found.expected:
        return None
    told = f"{name}: {found.sound} of {found.of}, {found.expected:.1f} are usual"
    return Decayed(name, told, found.weight)


def _usual(
    history: History, count: Callable[[SourceDay], Counts], promised: float | None
) -> list[float]:
    """Return the usual rate of each weekday, drawn towards that of all where little is known."""
    if promised is not None:
        return [min(SUREST, promised)] * 7
    sums = [[1, 2]] + [[0, 0] for _ in range(7)]
    for day in history.well:
        of, sound = count(day)
        for each in (sums[0], sums[1 + day.day.weekday()]):
            each[0] += sound
            each[1] += of
    overall = sums[0][0] / sums[0][1]
    return [min(SUREST, (sound + DRAWN * overall) / (of + DRAWN)) for sound, of in sums[1:]]


@dataclass(slots=True)
class _Evidence:
    """Log odds that the reading is broken, and the counts that they rest on."""

    weight: float = 0.0
    of: int = 0
    sound: int = 0
    expected: float = 0.0


def _evidence(days: Sequence[tuple[Counts, float]]) -> _Evidence:
    """Sum up the days, each with its usual rate; what speaks for the source begins anew."""
    found = _Evidence()
    for (of, sound), usual in days:
        lost = math.log((1 - BROKEN * usual) / (1 - usual))
        found.weight += sound * math.log(BROKEN) + (of - sound) * lost
        found.of, found.sound = found.of + of, found.sound + sound
        found.expected += of * usual
        if found.weight <= 0:
            found = _Evidence()
    return found


def _lowest(same: Sequence[Counts], usual: float) -> float:
    """Return the lowest rate of the last weeks' same weekdays, or `usual` where they say little."""
    rates = [sound / of for of, sound in same[-WEEKS:] if of >= FEW]
    return min([*rates, usual])


def _length(name: str, today: SourceDay, history: History, limits: Limits) -> Decayed | None:
    value = LENGTHS[name]
    here = value(today)
    past = [
        math.log(length)
        for day in history.well
        if day.articles >= FEW and (length := value(day)) is not None and length > 0
    ]
    if today.articles < limits.length.articles or not here or len(past) < limits.young.days:
        return None
    middle = median(past)
    spread = max(0.05, TO_SIGMA * median(abs(each - middle) for each in past))
    moved = abs(math.log(here) - middle)
    if moved < max(math.log(limits.length.factor), REACH * spread):
        return None
    return Decayed(
        name, f"{name}: median {here:.3g}, usually {math.exp(middle):.3g}", moved / spread
    )
