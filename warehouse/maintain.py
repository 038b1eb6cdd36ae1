"""What would be known of every article if all had come at once?

Batches are judged by what was stored when they came. This judges everything anew by what is
stored now, so the order of arrival leaves no trace, and keeps what has changed.
"""

from datetime import datetime

import duckdb
import pyarrow as pa

from articles.model import Frozen
from warehouse.batch import utc
from warehouse.key_files import KeyFiles
from warehouse.neighbours import Neighbours
from warehouse.remember import remember
from warehouse.sql import statement
from warehouse.stories import Graph, write_links

AT_ONCE = 2_000  # articles whose neighbours are held in memory together


class RejudgeReport(Frozen):
    """What judging everything anew has found."""

    articles: int
    """Articles judged: all that are stored."""
    remembered: int
    """Those of which no shingles were kept yet, as after a load without stories."""
    changed: int
    """Articles that repeat another one than before, or none any more; each is a row of
    `store.rejudgement`."""


def rejudge(connection: duckdb.DuckDBPyConnection, judged_at: datetime) -> RejudgeReport:
    """Judge all links and stories anew, in one transaction.

    Articles are taken in the order of their rank, so each meets only leads that stand already.
    A second run changes nothing.
    """
    connection.execute("begin")
    verdict = "rollback"
    try:
        connection.execute(statement("keep_links"))
        files = KeyFiles.of(connection)
        remembered = _remember_all(connection, files)
        judged = _judge_all(connection, files)
        connection.execute(statement("insert_rejudgements"), {"judged_at": utc(judged_at)})
        [(changed,)] = connection.execute(
            "select count(*) from store.rejudgement where judged_at = ?", [utc(judged_at)]
        ).fetchall()
        connection.execute("drop table former_link")
        verdict = "commit"
    finally:
        connection.execute(verdict)
    return RejudgeReport(articles=judged, remembered=remembered, changed=changed)


def _remember_all(connection: duckdb.DuckDBPyConnection, files: KeyFiles) -> int:
    """Keep the shingles of the texts that have none; return how many these are."""
    remembered = 0
    files.catch_up()
    unread = connection.sql(statement("unremembered")).aggregate("count(*)").fetchall()
    if unread == [(0,)]:  # which reads no text, as looking for them would
        return remembered
    with connection.cursor() as reading:  # a result stays open here while rows are written there
        for texts in reading.sql(statement("unremembered")).to_arrow_reader(AT_ONCE):
            rows = pa.Table.from_batches([texts])
            remembered += len(remember(connection, files, rows, more=True))
    files.write_uses()
    return remembered


def _judge_all(connection: duckdb.DuckDBPyConnection, files: KeyFiles) -> int:
    around = Neighbours(connection, files)
    around.know_all()
    order = around.ranked(around.cards)
    graph = Graph(around)
    for at in range(0, len(order), AT_ONCE):
        near = around.meet(order[at : at + AT_ONCE])
        graph.add((number, each) for number, found in near.items() for each in found)
    write_links(connection, around.cards, order, graph.stars(order))
    return len(order)
