"""What is a source like when all is well?

Robust figures over its days before: medians and median deviations, because a past holds holidays
and faults. Days that were judged ill are no measure for later ones.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from statistics import mean, median

from warehouse.health import SourceDay

TO_SIGMA = 1.4826  # a median absolute deviation is that much less than a standard deviation
REACH = 3.0  # standard deviations between the median and a bound
FORGIVEN = 28  # days after which an ill day counts like any other: a new rhythm is no fault
CALMEST = 0.15  # standard deviation of the log of a volume: no source is believed to be calmer


@dataclass
class History:
    """The days of one source before the one that is judged."""

    days: Sequence[SourceDay]
    """Oldest first, without a gap: a silent day is there, with nothing in it."""
    ill: frozenset[date] = frozenset()
    """Days that were judged quiet or decayed."""
    paces: Mapping[date, float] = field(default_factory=dict)
    """Days that were slow for all sources: which share of the usual was to be expected."""

    @cached_property
    def well(self) -> list[SourceDay]:
        """The days that say what is usual; what has lasted for weeks is usual."""
        known = len(self.days) - FORGIVEN
        return [d for at, d in enumerate(self.days) if at < known or d.day not in self.ill]

    @cached_property
    def restless(self) -> float:
        """How far its days lie from what their weekdays usually bring, chance apart.

        The standard deviation of the log of a volume, over all weekdays on which something is
        usual: eight Saturdays alone tell little of it.
        """
        far = []
        for weekday in range(7):
            counts = [day.articles for day in self.well if day.day.weekday() == weekday]
            usual = median(counts) if counts else 0.0
            if usual >= 1:
                far += [(abs(math.log((n + 1) / (usual + 1))), 1 / usual) for n in counts]
        if not far:
            return CALMEST
        seen = TO_SIGMA * median(each for each, _ in far)
        return max(CALMEST, math.sqrt(max(0.0, seen**2 - mean(chance for _, chance in far))))

    def weekday(self, day: date) -> list[SourceDay]:
        """Return the usual days of the same weekday, oldest first."""
        return [each for each in self.well if each.day.weekday() == day.weekday()]


@dataclass(frozen=True, slots=True)
class Volume:
    """How many articles to expect of a source on one day."""

    usual: float
    """Median."""
    rate: float
    """Mean, outliers cut: what a slow source brings although its median is nought."""
    low: float
    high: float
    spread: float
    """Standard deviation of the log of the volume."""
    none: float
    """How likely it is that there are none at all, from 0 to 1."""


def volume(history: History, day: date, pace: float = 1.0) -> Volume:
    """Return what to expect on `day`; `pace` is the share of it on a day that is slow for all."""
    same = [float(each.articles) for each in history.weekday(day)]
    if len(same) < 2:  # a young source: every day is a measure
        same = [float(each.articles) for each in history.well]
    usual = median(same) if same else 0.0
    spread = math.hypot(1 / math.sqrt(max(usual, 1.0)), history.restless)
    reach = REACH * spread
    high = (usual + 1) * math.exp(reach) - 1
    cut = [min(count, high) for count in same]
    rate = (sum(cut) + 0.25) / (len(cut) + 0.5)
    return Volume(
        usual=usual * pace,
        rate=rate * pace,
        low=max(0.0, (usual + 1) * math.exp(-reach) - 1) * pace,
        high=high,
        spread=spread,
        none=_none(rate * pace, _dispersion(cut, rate), same if pace == 1.0 else ()),
    )


def _dispersion(counts: Sequence[float], rate: float) -> float:
    """Return variance over mean of the counts, 1 for a Poisson stream, at most 4."""
    if len(counts) < 4 or rate <= 0:
        return 1.3
    spread = mean((count - rate) ** 2 for count in counts)
    return min(4.0, max(1.1, spread / rate))


def _none(rate: float, dispersion: float, same: Sequence[float]) -> float:
    """Return the odds of a day without an article.

    Those of a negative binomial stream, or how rare such a weekday has been, whatever is less: a
    column that appears each Friday is no stream.
    """
    stream = math.exp(-rate * math.log(dispersion) / (dispersion - 1))
    seen = (sum(count == 0 for count in same) + 0.5) / (len(same) + 1) if same else 1.0
    return min(stream, seen)
