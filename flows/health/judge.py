"""Is a source quiet or decayed on a day?

Pure: daily rows in, judgements out. An alarm is loud, so it needs a day that the source's own past,
and the day of its peers, make very unlikely.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from flows.health import cause
from flows.health.decay import decayed
from flows.health.history import History, Volume, volume
from flows.health.limits import Limits
from flows.health.sections import lost_sections
from warehouse.health import Judgement, SourceDay, State

SLOWEST = 0.05  # of the usual: a day on which all are silent still lets nobody expect nothing
LESS = 0.9  # of the usual articles: a day with more has lost nothing, whatever its sections are
NAMED = 4  # sections in the words of an alarm
BUSY = 5.0  # usual articles a day from which a thin day means something


@dataclass(frozen=True)
class Expected:
    """What a source's own file promises; it stands in for what its past says."""

    articles_a_day: tuple[int, int] | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    """By signal."""


def pace(today: Mapping[str, SourceDay], histories: Mapping[str, History], limits: Limits) -> float:
    """Return which share of their usual the sources of a group can be expected to bring.

    1 on an ordinary day; less when half of them bring little, as on a holiday.
    """
    shares = [
        day.articles / usual
        for name, day in today.items()
        if day.is_over
        and len(histories[name].well) >= limits.young.days
        and (usual := volume(histories[name], day.day).rate) >= 1
    ]
    slow = sum(share < limits.peers.share for share in shares)
    if len(shares) < limits.peers.sources or 2 * slow < len(shares):
        return 1.0
    return max(SLOWEST, median(shares))


def judge(
    today: SourceDay,
    history: History,
    limits: Limits,
    pace: float = 1.0,
    expected: Expected | None = None,
) -> Judgement:
    """Return what is to be made of one source on one day."""
    promised = expected or Expected()
    told = volume(history, today.day, pace)
    bounds = promised.articles_a_day or (told.low, told.high)
    young = len(history.well) < limits.young.days

    def found(state: State, kind: str | None, why: str | None, words: str) -> Judgement:
        return Judgement(
            source=today.source,
            day=today.day,
            state=state,
            kind=kind,
            cause=why,
            detail=words,
            expected_low=None if young else float(bounds[0]),
            expected_high=None if young else float(bounds[1]),
            pace=pace,
        )

    why = cause.lost_to(today, history, limits)
    if why is not None and 2 * today.articles <= told.rate:
        return found("quiet", "requests", why, _fetch_words(today))
    if young and not promised.rates:
        return found("new", None, None, "too short a past to be judged by it")
    if not young and today.is_over:
        words = (
            _silent(today, history, told, limits)
            or _thin(today, history, told, limits)
            or _below(today, promised, pace)
        )
        if words:
            return found("quiet", "volume", why or cause.of_silence(today), words)
        if words := _partly_silent(today, history, told, limits):
            return found("quiet", "volume", why or "sections gone", words)
    if (fallen := decayed(today, history, limits, promised.rates)) is not None:
        return found("decayed", fallen.signal, cause.of_decay(fallen.signal, today), fallen.told)
    return found("well", None, None, "")


def _fetch_words(today: SourceDay) -> str:
    fetches = today.fetches
    if fetches is None:
        return ""
    return (
        f"{today.articles} articles; of {fetches.requests} requests {fetches.robots} disallowed, "
        f"{fetches.forbidden} forbidden, {fetches.gone} gone, {fetches.failing} failed; "
        f"{fetches.listings_lost} of {fetches.listings} listings lost"
    )


def _silent(today: SourceDay, history: History, told: Volume, limits: Limits) -> str | None:
    """Return the silence in words, if the days without an article are too many to be chance."""
    if today.articles:
        return None
    odds, days = math.log(told.none), 1
    for before in reversed(history.days):
        if before.articles:
            break
        share = history.paces.get(before.day, 1.0)
        odds += math.log(volume(history, before.day, share).none)
        days += 1
    if odds > math.log(limits.silence.odds):
        return None
    since = "today" if days == 1 else f"for {days} days"
    return f"no article {since}, {told.rate:.1f} a day are usual"


def _thin(today: SourceDay, history: History, told: Volume, limits: Limits) -> str | None:
    """Return the lack in words, if too few articles came for some days on end."""
    lacks = [_lack(today, told, limits)]
    for before in reversed(history.days):
        if len(lacks) == limits.thin.days or not lacks[-1]:
            break
        expected = volume(history, before.day, history.paces.get(before.day, 1.0))
        if expected.usual >= BUSY:  # a weekend without a paper says nothing
            lacks.append(_lack(before, expected, limits))
    if not lacks[-1] or sum(lacks) < limits.thin.deviations * limits.thin.days:
        return None
    return f"{today.articles} articles, {told.usual:.0f} are usual; the day before was as thin"


def _partly_silent(today: SourceDay, history: History, told: Volume, limits: Limits) -> str | None:
    """Return the sections that are silent in words, if that is not chance."""
    if today.articles >= LESS * told.usual:
        return None
    thin = _lack(today, told, limits) > 0
    gone = lost_sections(today, history, limits, thin=thin)
    if not gone:
        return None
    named = ", ".join(gone[:NAMED]) + (f" and {len(gone) - NAMED} more" * (len(gone) > NAMED))
    return f"{today.articles} articles, {told.usual:.0f} are usual; none of the sections {named}"


def _below(today: SourceDay, promised: Expected, pace: float) -> str | None:
    """Return the lack in words, if the source's own file promises more."""
    if promised.articles_a_day is None or today.articles >= promised.articles_a_day[0] * pace:
        return None
    return f"{today.articles} articles, its file promises {promised.articles_a_day[0]} at least"


def _lack(day: SourceDay, told: Volume, limits: Limits) -> float:
    """Return how far a day lies below its median, in standard deviations; 0 when not thin."""
    if told.usual < BUSY or day.articles >= limits.thin.share * told.usual:
        return 0.0
    return (math.log(told.usual + 1) - math.log(day.articles + 1)) / told.spread
