"""What do the pages of each source repeat, as far as its stored stories tell?

Knowledge is versioned: every change makes the next version, and any version can be asked for, so
a run that names its version can be repeated. Learning happens between runs, never within one.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import duckdb

from articles.model import Frozen, Templates
from warehouse.batch import utc
from warehouse.db import transaction
from warehouse.sql import statement

GROWTH = 1.25
"""How many times its last survey's stories a source must have to be looked over again."""
STORIES = 500
"""The newest stories of a source that are looked at: some 2 MB of text."""
LINES = 300
"""Lines of a source that are used at most."""


class Learned(Frozen):
    """What a survey of one source taught."""

    source: str
    stories: int
    lines: tuple[str, ...]
    """New lines, as one story prints them."""


def templates_at(connection: duckdb.DuckDBPyConnection, version: int | None = None) -> Templates:
    """Return the templates of a version, the newest if None."""
    known = newest(connection) if version is None else version
    rows = connection.execute(
        "select source, line_key from store.template_line "
        "where since <= $known and (until is null or until > $known)",
        {"known": known},
    ).fetchall()
    lines: dict[str, set[str]] = defaultdict(set)
    for source, line in rows:
        lines[source].add(line)
    return Templates(known, {source: frozenset(found) for source, found in lines.items()})


def newest(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the newest version; 0 when nothing was ever learned."""
    [(version,)] = connection.execute(
        "select coalesce(max(version), 0) from store.template_version"
    ).fetchall()
    return int(version)


def learn(
    connection: duckdb.DuckDBPyConnection, learned_at: datetime, source: str | None = None
) -> list[Learned]:
    """Look over the sources that have grown, or `source` alone, in one transaction.

    A line that was forgotten comes back only when its source is named. Returns what each survey
    taught, those that taught nothing too.
    """
    from articles.extraction.template_lines import FEWEST_STORIES  # imports the extractor

    asked = {"source": source, "first": FEWEST_STORIES, "growth": GROWTH}
    with transaction(connection):
        due = connection.execute(statement("sources_to_survey"), asked).fetchall()
        version = newest(connection) + 1
        found = [
            _survey(connection, name, stories, version, again=source is not None)
            for name, stories in due
        ]
        for each in found:
            connection.execute(
                "insert into store.template_survey values (?, ?, ?)",
                [each.source, each.stories, utc(learned_at)],
            )
        if any(each.lines for each in found):
            _note(connection, version, "learned", source, learned_at)
    return found


def _survey(
    connection: duckdb.DuckDBPyConnection, source: str, stories: int, version: int, *, again: bool
) -> Learned:
    from articles.extraction.template_lines import template_lines

    texts = connection.execute(
        statement("story_texts"), {"source": source, "inputs": STORIES}
    ).fetchall()
    known = dict(
        connection.execute(
            "select line_key, bool_or(until is null) from store.template_line "
            "where source = ? group by line_key",
            [source],
        ).fetchall()
    )
    room = LINES - sum(known.values())
    lines = [
        each
        for each in template_lines([body for (body,) in texts])
        if each.key not in known or (again and not known[each.key])
    ][:room]
    for each in lines:
        connection.execute(
            "insert into store.template_line values (?, ?, ?, ?, ?, ?, null)",
            [source, each.key, each.example, each.stories, each.of_stories, version],
        )
    return Learned(source=source, stories=stories, lines=tuple(each.example for each in lines))


def forget(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    forgotten_at: datetime,
    lines: Iterable[str] = (),
) -> int:
    """Use no template of a source any more, or only not the given lines; return how many went.

    What is forgotten stays stored, for the versions that used it.
    """
    from articles.extraction.site_templates import line_key

    keys = [line_key(line) for line in lines]
    with transaction(connection):
        version = newest(connection) + 1
        gone = connection.execute(
            "update store.template_line set until = $version where source = $source "
            "and until is null and (len($keys::varchar[]) = 0 or list_contains($keys, line_key)) "
            "returning line",
            {"version": version, "source": source, "keys": keys},
        ).fetchall()
        if gone:
            _note(connection, version, "forgotten", source, forgotten_at)
    return len(gone)


def _note(
    connection: duckdb.DuckDBPyConnection,
    version: int,
    cause: str,
    source: str | None,
    made_at: datetime,
) -> None:
    connection.execute(
        "insert into store.template_version values (?, ?, ?, ?)",
        [version, cause, source, utc(made_at)],
    )
