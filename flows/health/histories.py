"""What has every source delivered lately, silent days included?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.health.history import History
from flows.health.limits import limits
from warehouse import db, health
from warehouse.health import SourceDay

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """All sources on one day, each with its past."""

    today: Mapping[str, SourceDay]
    histories: Mapping[str, History]
    languages: Mapping[str, str]

    def groups(self) -> Iterator[dict[str, SourceDay]]:
        """Yield the sources by language: they share their holidays."""
        by_language: dict[str, dict[str, SourceDay]] = defaultdict(dict)
        for name, day in self.today.items():
            by_language[self.languages.get(name, "")][name] = day
        yield from by_language.values()


def watched(connection: db.Connection, day: date, now: date) -> Watched:
    """Return every source that delivered anything in the weeks before `day`.

    `now` is the day that still goes on.
    """
    first = day - limits().history.days * DAY
    rows = health.source_days(connection, first)
    ill, paces = health.ill_days(connection, first), health.paces(connection, first)
    today, histories = {}, {}
    for name, days in _by_source(each for each in rows if each.day <= day).items():
        whole = list(without_gaps(name, days, day))
        today[name] = replace(whole[-1], is_over=day < now)
        histories[name] = History(
            whole[:-1],
            frozenset(when for source, when in ill if source == name),
            {when: pace for (source, when), pace in paces.items() if source == name},
        )
    return Watched(today, histories, health.languages(connection))


def without_gaps(source: str, days: Mapping[date, SourceDay], last: date) -> Iterator[SourceDay]:
    """Yield every day from the first one delivered to `last`; nothing came on those not given."""
    when = min(days)
    while when <= last:
        yield days.get(when) or SourceDay(source, when)
        when += DAY


def _by_source(rows: Iterable[SourceDay]) -> dict[str, dict[date, SourceDay]]:
    found: dict[str, dict[date, SourceDay]] = defaultdict(dict)
    for row in rows:
        found[row.source][row.day] = row
    return found
