"""The flow `backfill`: the past of a source, a run a day."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from prefect import flow

from articles.errors import NewsmillError
from flows.crawl.flow import crawl_group
from flows.crawl.options import Options
from flows.crawl.summary import CrawlReport
from flows.settings import Settings
from spiders.order import Again
from spiders.source import Source
from spiders.source_files import chosen


class NoDayPages(NewsmillError):
    """The source lists no pages by day, or the days are none."""


@flow(name="backfill", flow_run_name="{source} {from_day} to {to_day}")
def backfill(source: str, from_day: date, to_day: date, minutes: float = 30.0) -> list[CrawlReport]:
    """Crawl what a source lists for each of some past days, the newest first.

    Args:
        source: Id of the source; its file must name day pages, under `[[archives]]`.
        from_day: The first day.
        to_day: The last day.
        minutes: How long one day may be crawled; what is left waits for the next crawl.
    """
    days = [to_day - timedelta(days=back) for back in range((to_day - from_day).days + 1)]
    if not days:
        raise NoDayPages(f"{from_day} is after {to_day}: give the earlier day first")
    states = [backfill_day(source, day, minutes, return_state=True) for day in days]
    return [state.result() for state in states]


@flow(name="backfill-day", flow_run_name="{source} {day}")
def backfill_day(source: str, day: date, minutes: float) -> CrawlReport:
    """Crawl what a source lists for one day.

    Args:
        source: Id of the source.
        day: The day.
        minutes: How long may be crawled.
    """
    settings = Settings()
    [file] = chosen(settings.sources, [source])
    with tempfile.TemporaryDirectory() as folder:
        text = toml(only_day(file.source, day).model_dump(exclude_defaults=True))
        Path(folder, f"{source}.toml").write_text(text, encoding="utf-8")
        alone = settings.model_copy(update={"sources": Path(folder)})
        options = Options(minutes=minutes, due_only=False, revisit=Again.DUE)
        return crawl_group(alone, file.source.crew, [source], options)


def only_day(source: Source, day: date) -> Source:
    """Return the source with nothing but its day pages, and of those but one day."""
    if not source.archives:
        raise NoDayPages(
            f"the file of {source.id} names no day pages: add `[[archives]]` with the address of "
            "one, such as https://site.example/{date:%Y/%m/%d}/"
        )
    pages = [each.model_copy(update={"days": 1, "until": day}) for each in source.archives]
    nothing: dict[str, Any] = {"front": False, "feeds": (), "sitemaps": "none", "sections": ()}
    nothing |= {"urls": (), "url_lists": (), "archives": tuple(pages)}
    return source.model_copy(update=nothing)


def toml(values: Mapping[str, Any]) -> str:
    """Return the text of a source file.

    >>> print(toml({"id": "gazette", "archives": ({"days": 1},)}), end="")
    id = "gazette"
    [[archives]]
    days = 1
    """
    return "".join(f"{line}\n" for line in _lines(values))


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    tables = {name: value for name, value in values.items() if _is_table(value)}
    for name, value in values.items():
        if name not in tables:
            yield f"{name} = {_value(value)}"
    for name, value in tables.items():
        for each in value if isinstance(value, tuple) else (value,):
            yield f"[[{name}]]" if isinstance(value, tuple) else f"[{name}]"
            yield from _lines(each)


def _is_table(value: object) -> bool:
    many = isinstance(value, tuple) and bool(value) and isinstance(value[0], dict)
    return many or isinstance(value, dict)


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)  # strings, numbers, lists: as TOML has them
