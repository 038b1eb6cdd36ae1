"""How are the sources of a home today, and who must be told?"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from prefect.events import emit_event

from flows.health.histories import Watched, watched
from flows.health.judge import Expected, judge, pace
from flows.health.limits import limits
from flows.health.promises import promises
from flows.health.showing import show
from warehouse import db, health
from warehouse.health import Judgement

EVENT = "newsmill.source"
"""Beginning of the names of the alarms: `newsmill.source.quiet`, `newsmill.source.decayed`."""
RECOVERED = "newsmill.recovered"
ILL = ("quiet", "decayed")


def assess(
    connection: db.Connection,
    at: datetime,
    promised: Mapping[str, Expected],
    disabled: frozenset[str] = frozenset(),
) -> list[Judgement]:
    """Judge every source on yesterday, which is over, and on today; keep and return it.

    A day that still goes on may raise an alarm, and end one that was about what articles are like.
    It never ends one about how many there are.
    """
    today = at.date()
    over = _judged(watched(connection, today - timedelta(days=1), today), promised, disabled)
    health.keep(connection, over, at)
    days = watched(connection, today, today)
    volumes = {each.source for each in over if each.kind == "volume"}
    so_far = [
        each
        for each in _judged(days, promised, disabled)
        if each.state in ILL or (days.today[each.source].articles and each.source not in volumes)
    ]
    health.keep(connection, so_far, at)
    return [*over, *so_far]


def alarms(before: Iterable[health.Ailing], after: Iterable[health.Ailing]) -> list[health.Ailing]:
    """Return what is worse than it was: sources that ail now and did not, or otherwise."""
    known = {(each.source, each.state, each.kind) for each in before}
    return [each for each in after if (each.source, each.state, each.kind) not in known]


def watch(connection: db.Connection, folder: Path, at: datetime) -> list[health.Ailing]:
    """Judge the sources at the time `at` (UTC), show them, and tell Prefect which fell ill.

    `folder` holds the files of the sources, with what they promise; a disabled one is left alone.
    Returns those that have fallen ill; each is told once, and so is its recovery.
    """
    if not health.has_sources(connection):
        return []
    before = health.ailing(connection)
    promised, disabled = promises(folder)
    assess(connection, at, promised, disabled)
    after = health.ailing(connection)
    fallen = alarms(before, after)
    for each in fallen:
        _tell(f"{EVENT}.{each.state}", each.source, each.model_dump(mode="json"))
    for name in {each.source for each in before} - {each.source for each in after}:
        _tell(RECOVERED, name, {"source": name})
    show(connection)
    return fallen


def _judged(
    days: Watched, promised: Mapping[str, Expected], disabled: frozenset[str]
) -> list[Judgement]:
    found = []
    for group in days.groups():
        share = pace(group, days.histories, limits())
        for name in sorted(group.keys() - disabled):
            history = days.histories[name]
            found.append(judge(group[name], history, limits(), share, promised.get(name)))
    return found


def _tell(event: str, source: str, facts: dict[str, object]) -> None:
    emit_event(
        event=event,
        resource={
            "prefect.resource.id": f"newsmill.source.{source}",
            "prefect.resource.name": source,
        },
        payload=facts,
    )
