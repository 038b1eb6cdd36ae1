"""How does the watch do on a made-up quarter: what does it find, how late, how often in vain?"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.health.histories import without_gaps
from flows.health.history import History
from flows.health.judge import judge, pace
from flows.health.limits import limits
from tests.bench.quarter import (
    COUNTRIES,
    DAYS,
    FIRST,
    PAST,
    Fault,
    MadeSource,
    made_days,
    made_sources,
)
from warehouse.health import Judgement, SourceDay

ILL = ("quiet", "decayed")
SEEN_IN_REQUESTS = ("robots", "forbidden", "down", "feed gone")
SILENT = ("stale", "refused", "thin")
DECAYS = ("titles", "same titles", "dates", "wrong dates", "authors", "bodies", "paywall", "layout")
AFTER = timedelta(days=3)
"""After a fault the watch may need that long to see that it is over."""


@dataclass
class Quarter:
    """What a quarter came to."""

    sources: int
    faults: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    """Within a day of the first day on which the fault was felt."""
    missed: list[tuple[str, Fault, list[tuple[date, str]]]] = field(default_factory=list)
    causes: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    alarms_in_vain: Counter[str] = field(default_factory=Counter)
    vain: list[Judgement] = field(default_factory=list)


def watched_quarter(seed: int, count: int = 42, *, slow_too: bool = False) -> Quarter:
    """Make a quarter, watch it day by day as a home does, and count."""
    dice = random.Random(seed)
    sources = list(made_sources(dice, count))
    holidays = {country: made_holidays(dice) for country in COUNTRIES}
    for source in sources:
        plant(dice, source, slow_too=slow_too)
    days = {s.name: {d.day: d for d in made_days(dice, s, holidays)} for s in sources}
    judged = judgements(sources, days)
    quarter = Quarter(len(sources))
    for source in sources:
        count_up(quarter, source, days[source.name], judged[source.name])
    return quarter


def made_holidays(dice: random.Random) -> set[date]:
    """Return the holidays of a country, two of them in a row."""
    found = {dice.choice(DAYS) for _ in range(6)}
    eve = dice.choice(DAYS[PAST:-2])
    return found | {eve, eve + timedelta(days=1)}


def plant(dice: random.Random, source: MadeSource, *, slow_too: bool) -> None:
    """Plant two faults into a source, each on a day on which it publishes."""
    slow = sum(source.weekday) < 7
    kinds = SEEN_IN_REQUESTS + (SILENT + DECAYS if not slow or slow_too else ())
    if source.habits["signed"] < 0.3:
        kinds = tuple(kind for kind in kinds if kind != "authors")
    start = DAYS.index(source.begins) + 21 if source.begins > FIRST else PAST + 5
    for around in (start + dice.randrange(15), start + 32 + dice.randrange(15)):
        place = next(at for at in range(around, len(DAYS)) if source.weekday[DAYS[at].weekday()])
        young = (DAYS[place] - source.begins).days < 42
        known = tuple(kind for kind in kinds if kind != "thin") if young else kinds
        source.faults.append(Fault(dice.choice(known), DAYS[place], 6))


def next_day(source: MadeSource, day: date) -> date:
    """Return the next day on which the source publishes."""
    day += timedelta(days=1)
    while not source.weekday[day.weekday()]:
        day += timedelta(days=1)
    return day


def judgements(
    sources: list[MadeSource], days: dict[str, dict[date, SourceDay]]
) -> dict[str, dict[date, Judgement]]:
    """Judge every source on every day of the quarter, with what was judged before."""
    judged: dict[str, dict[date, Judgement]] = {source.name: {} for source in sources}
    for day in DAYS[20:]:
        for country in COUNTRIES:
            group = [s.name for s in sources if s.country == country and s.begins <= day]
            today = {}
            histories = {}
            for name in group:
                first = day - timedelta(days=limits().history.days)
                known = {when: d for when, d in days[name].items() if first <= when <= day}
                whole = list(without_gaps(name, known, day))
                past = judged[name]
                today[name] = whole[-1]
                histories[name] = History(
                    whole[:-1],
                    frozenset(w for w, j in past.items() if j.state in ILL),
                    {w: j.pace for w, j in past.items() if j.pace < 1},
                )
            share = pace(today, histories, limits())
            for name in group:
                judged[name][day] = judge(today[name], histories[name], limits(), share)
    return judged


def count_up(
    quarter: Quarter,
    source: MadeSource,
    days: dict[date, SourceDay],
    judged: dict[date, Judgement],
) -> None:
    """Add what became of one source to the quarter."""
    kind = source.name.rsplit("-", 1)[0]
    for fault in source.faults:
        quarter.faults[fault.kind] += 1
        alarm = [
            judged[day]
            for day in (fault.begins, next_day(source, fault.begins))
            if judged[day].state in ILL
        ]
        if alarm:
            quarter.found[fault.kind] += 1
            quarter.causes[fault.kind, alarm[0].cause] += 1
        else:
            told = [
                (d, f"{judged[d].state} {days[d].articles}")
                for d in sorted(judged)
                if fault.holds(d)
            ]
            quarter.missed.append((source.name, fault, told))
    before = "well"
    for day in DAYS[PAST:]:
        if day not in judged:
            continue
        state = judged[day].state
        excused = any(
            f.begins <= day < f.begins + timedelta(days=f.days) + AFTER for f in source.faults
        )
        if state in ILL and before not in ILL and not excused:
            quarter.alarms_in_vain[kind] += 1
            quarter.vain.append(judged[day])
        before = state
