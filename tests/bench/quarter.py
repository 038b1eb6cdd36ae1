"""A made-up quarter of made-up sources, with holidays, launches, bad luck and planted faults.

Eight weeks of past and thirteen weeks that count. Sources have weekly rhythms and habits of their
own; faults begin on a known day and last for some.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from warehouse.health import Fetches, SourceDay

FIRST = date(2026, 1, 5)  # a Monday
PAST, QUARTER = 56, 91  # days
DAYS = [FIRST + timedelta(days=n) for n in range(PAST + QUARTER)]
COUNTRIES = ("da", "ga", "ka")
HABITS = ("titled", "own_title", "dated", "recent", "signed", "full_bodies", "unflagged")


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a source, from a day on."""

    kind: str
    begins: date
    days: int

    def holds(self, day: date) -> bool:
        return self.begins <= day < self.begins + timedelta(days=self.days)


@dataclass
class MadeSource:
    """One source: what it is like, and what befalls it."""

    name: str
    country: str
    weekday: Sequence[float]
    """Articles to expect on each, Monday first."""
    habits: dict[str, float]
    """Rates of what is sound."""
    weekend_habit: float
    """Factor of the rate of authors at weekends."""
    spread: float
    """How much the volume of its days varies beyond chance, as a standard deviation of its log."""
    words: float
    begins: date = FIRST
    """A launch begins later, and grows for two weeks."""
    sections: Sequence[float] = ()
    """Share of each section in its articles; empty when its pages state none."""
    evenness: float = 30.0
    """How little the shares of a day vary: the sum of a Dirichlet distribution's parameters."""
    lost: frozenset[int] = frozenset()
    """Sections that a loss of volume takes; they bring about four fifths."""
    regular: bool = False
    """Comes on its weekdays without fail, as a column does."""
    faults: list[Fault] = field(default_factory=list)


def poisson(dice: random.Random, rate: float) -> int:
    """Return a count of a stream with that rate."""
    if rate > 60:
        return max(0, round(dice.gauss(rate, math.sqrt(rate))))
    limit, count, product = math.exp(-rate), 0, dice.random()
    while product > limit:
        count += 1
        product *= dice.random()
    return count


def some(dice: random.Random, of: int, rate: float) -> int:
    """Return how many of `of` are sound at that rate."""
    return sum(dice.random() < rate for _ in range(of))


def made_sources(dice: random.Random, count: int) -> Iterator[MadeSource]:
    """Yield sources of many kinds; faults are planted afterwards."""
    for number in range(count):
        kind = ("paper", "paper", "wire", "weekday paper", "blog", "column", "launch")[number % 7]
        size = {"paper": dice.uniform(10, 60), "wire": dice.uniform(80, 300)}.get(kind, 0.0)
        size = size or {"weekday paper": dice.uniform(8, 40), "launch": dice.uniform(10, 40)}.get(
            kind, 3 / 7
        )
        rhythm = [size * dice.uniform(0.9, 1.1) for _ in range(5)]
        rhythm += [size * dice.uniform(0.3, 0.7) for _ in range(2)]
        if kind == "weekday paper":
            rhythm[5:] = [0.0, 0.0]
        if kind in ("blog", "column"):
            rhythm = [1.0, 0, 1.0, 0, 1.0, 0, 0] if kind == "column" else [3 / 7] * 7
        yield MadeSource(
            name=f"{kind.replace(' ', '-')}-{number:02d}",
            country=dice.choice(COUNTRIES),
            weekday=rhythm,
            habits={name: min(0.999, dice.betavariate(40, 1)) for name in HABITS}
            | {"signed": dice.choice((0.0, dice.uniform(0.4, 0.95), 0.98))},
            weekend_habit=dice.uniform(0.5, 1.0),
            spread=dice.uniform(0.05, 0.3),
            words=dice.uniform(150, 900),
            begins=DAYS[PAST + dice.randrange(20)] if kind == "launch" else FIRST,
            regular=kind == "column",
        )


def divide(dice: random.Random, source: MadeSource) -> None:
    """Give a source its sections; a third of the sources state none."""
    if dice.random() < 1 / 3:
        return
    raw = [dice.gammavariate(1.5, 1) + 0.05 for _ in range(dice.randint(4, 10))]
    source.sections = [each / sum(raw) for each in raw]
    source.evenness = dice.uniform(8, 60)
    kept = min(
        (frozenset(dice.sample(range(len(raw)), dice.randint(1, len(raw) - 1))) for _ in range(50)),
        key=lambda some: abs(sum(source.sections[each] for each in some) - 0.2),
    )
    source.lost = frozenset(range(len(raw))) - kept


def made_sections(
    dice: random.Random, source: MadeSource, articles: int, *, thin: bool
) -> dict[str, int]:
    """Return how the articles of a day spread over the sections; each day has its own weights."""
    if not source.sections:
        return {}
    weights = [dice.gammavariate(source.evenness * each, 1) for each in source.sections]
    if thin:
        weights = [0.0 if at in source.lost else each for at, each in enumerate(weights)]
    if sum(weights) == 0:
        return {}
    chosen = Counter(dice.choices(range(len(weights)), weights, k=articles))
    return {f"section {at}": count for at, count in chosen.items()}


def made_days(
    dice: random.Random, source: MadeSource, holidays: dict[str, set[date]]
) -> Iterator[SourceDay]:
    """Yield the days of a source, in order."""
    habits = dict(source.habits)
    aside = random.Random(f"sections of {source.name} {source.words}")  # and of no other draw
    divide(aside, source)
    for day in DAYS:
        if day < source.begins:
            continue
        made = made_day(dice, source, habits, day, holiday=day in holidays[source.country])
        thin = any(fault.kind == "thin" and fault.holds(day) for fault in source.faults)
        yield replace(made, sections=made_sections(aside, source, made.articles, thin=thin))


def made_day(
    dice: random.Random, source: MadeSource, habits: dict[str, float], day: date, *, holiday: bool
) -> SourceDay:
    fault = next((fault.kind for fault in source.faults if fault.holds(day)), "")
    articles = volume(dice, source, day, holiday=holiday)
    fetches = made_fetches(dice, articles, fault)
    articles = {"thin": articles // 5}.get(fault, articles)
    if fault in ("robots", "forbidden", "down", "feed gone", "stale", "refused"):
        documents, articles = (articles if fault == "refused" else 0), 0
    else:
        documents = articles
    rejected, duplicates = some(dice, documents, 0.02), some(dice, documents, 0.03)
    rejected = documents if fault == "refused" else min(rejected, articles)
    articles = max(0, articles - rejected - duplicates)
    weekend = source.weekend_habit if day.weekday() >= 5 else 1.0
    rates = dict(habits) | {"signed": habits["signed"] * weekend}
    for name in BREAKS.get(fault, ()):
        rates[name] *= 0.05
    titled = some(dice, articles, rates["titled"])
    dated = some(dice, articles, rates["dated"])
    length = source.words * math.exp(dice.gauss(0, 0.5 / math.sqrt(max(articles, 1))))
    return SourceDay(
        source=source.name,
        day=day,
        documents=documents,
        articles=articles,
        duplicates=duplicates,
        rejected=rejected,
        main_reason="no_article" if rejected else None,
        titled=titled,
        distinct_titles=some(dice, titled, rates["own_title"]),
        dated=dated,
        recent=some(dice, dated, rates["recent"]),
        signed=some(dice, articles, rates["signed"]),
        full_bodies=some(dice, articles, rates["full_bodies"]),
        unflagged=some(dice, articles, rates["unflagged"]),
        words=None if not articles else length * (0.15 if fault == "bodies" else 1.0),
        kept_ratio=None if not articles else 0.4 * math.exp(dice.gauss(0, 0.1)),
        fetches=fetches,
    )


BREAKS = {
    "titles": ("titled",),
    "same titles": ("own_title",),
    "dates": ("dated",),
    "wrong dates": ("recent",),
    "authors": ("signed",),
    "bodies": ("full_bodies",),
    "paywall": ("unflagged",),
    "layout": ("titled", "dated", "signed", "full_bodies"),
}
"""What each decay breaks."""


def volume(dice: random.Random, source: MadeSource, day: date, *, holiday: bool) -> int:
    """Return how many articles the publication itself brings out."""
    rate = source.weekday[day.weekday()]
    age = (day - source.begins).days
    if source.begins > FIRST:
        rate *= min(1.0, 0.2 + age / 14)
    if source.regular:
        return int(rate > 0 and dice.random() > (0.5 if holiday else 0.01))
    if holiday:
        rate *= dice.uniform(0.1, 0.6)
    return poisson(dice, rate * math.exp(dice.gauss(0, source.spread)))


def made_fetches(dice: random.Random, articles: int, fault: str) -> Fetches:
    """Return what a crawl meets: some requests fail always, more on days when a site is down."""
    listings = 8
    requests = listings + articles
    down = dice.uniform(0.1, 0.35) if dice.random() < 0.02 else 0.0
    failing = some(dice, requests, 0.01 + down)
    lost = min(failing, some(dice, listings, 0.01 + down))
    gone = some(dice, articles, 0.01)
    blocked = {"robots": listings, "forbidden": listings, "down": listings}.get(fault)
    if blocked is not None:
        return Fetches(
            requests=listings,
            robots=listings if fault == "robots" else 0,
            forbidden=listings if fault == "forbidden" else 0,
            failing=listings if fault == "down" else 0,
            listings=listings,
            listings_lost=listings,
        )
    if fault == "feed gone":
        return Fetches(requests=listings, gone=listings, listings=listings, listings_lost=listings)
    return Fetches(
        requests=requests, gone=gone, failing=failing, listings=listings, listings_lost=lost
    )
