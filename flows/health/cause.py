"""Why does a source bring nothing, or something broken? The likeliest cause, from what was met."""

from collections.abc import Callable, Mapping
from statistics import median

from flows.health.history import History
from flows.health.limits import Limits
from warehouse.health import Fetches, SourceDay

ORDINARY = 0.3  # a site of which that share fails on ordinary days is not judged by failures

LOST: Mapping[str, Callable[[Fetches], tuple[int, int]]] = {
    "robots": lambda f: (f.requests, f.robots),
    "forbidden": lambda f: (f.requests, f.forbidden),
    "unreachable": lambda f: (f.requests, f.failing),
    "feed gone": lambda f: (f.listings, f.listings_lost),
    "pages gone": lambda f: (f.requests, f.gone),
}
"""By cause, of how many requests, and how many were lost to it; the first that fits is named."""

OF_SIGNAL: Mapping[str, str] = {
    "accepted": "layout change",
    "new": "the same pages again",
    "recent": "old articles or wrong dates",
    "unflagged": "paywall",
}
"""What a fallen signal speaks of; any other one of a layout change."""


def lost_to(today: SourceDay, history: History, limits: Limits) -> str | None:
    """Return what most of the day's requests were lost to, if that is out of the ordinary."""
    if today.fetches is None:
        return None
    for cause, count in LOST.items():
        of, lost = count(today.fetches)
        least = 1 if cause == "feed gone" else limits.evidence.requests
        if of < least or lost / of < limits.evidence.share:
            continue
        usual = [lost / of for of, lost in map(count, _fetches(history)) if of]
        if not usual or median(usual) < ORDINARY:
            return cause
    return None


def of_silence(today: SourceDay) -> str:
    """Return what a day without articles speaks of, when its requests say nothing."""
    if today.documents and today.rejected == today.documents:
        layout = today.main_reason == "no_article"
        return "layout change" if layout else f"everything refused: {today.main_reason}"
    if today.documents:
        return "the same pages again"
    if today.fetches is None:
        return "nothing was delivered"
    return "nothing new is listed"


def of_decay(signal: str, today: SourceDay) -> str:
    """Return what a fallen signal speaks of."""
    if signal == "accepted" and today.main_reason not in (None, "no_article"):
        return f"refused: {today.main_reason}"
    return OF_SIGNAL.get(signal, "layout change")


def _fetches(history: History) -> list[Fetches]:
    return [day.fetches for day in history.well if day.fetches is not None]
