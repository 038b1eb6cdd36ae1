"""Which articles make up a story, as each batch arrives?

A batch is held against everything stored: its articles join the stories they repeat, and a story
is judged anew when an earlier article arrives that takes its lead.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from articles.identity.relation import Verdict, is_anchor, is_bridge, kind
from articles.identity.stars import Tie, stars
from warehouse.key_files import KeyFiles
from warehouse.neighbours import Card, Neighbours
from warehouse.remember import forget, remember
from warehouse.sql import statement
from warehouse.standing import ask_about

Ties = dict[int, Tie[int, Verdict]]
"""What binds each article to its story, by number; canonical ones are left out."""
AT_ONCE = 32  # texts that one is compared with together: a form meets hundreds, a copy one


def join_stories(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> None:
    """Write the shingles and links of the articles that a batch has just brought or changed.

    `articles` has the columns of `warehouse.batch.ARTICLE`; the store has them already.
    """
    if articles.num_rows == 0:
        return
    files = KeyFiles.of(connection)
    changed = articles.filter(pc.is_valid(articles["changed_ratio"]))["article_id"]
    forget(connection, changed)
    fresh = remember(connection, files, articles)
    known = set(changed.to_pylist())
    _renumber(connection, fresh, known)
    around = Neighbours(connection, files, {card.number: card for card in fresh})
    graph = Graph(around)
    numbers = {card.number for card in fresh}
    near = around.meet(numbers)
    graph.add((number, each) for number, found in near.items() for each in found)
    graph.add(
        (number, lead)
        for number, found in near.items()
        for each in found
        if (lead := around.cards[each].canonical) is not None
    )
    without = {card.number for card in fresh if card.article_id not in known}
    judged, ties = _judged(graph, numbers, without)
    write_links(connection, around.cards, judged, ties)


def _renumber(
    connection: duckdb.DuckDBPyConnection, fresh: Iterable[Card], changed: Collection[str]
) -> None:
    """Let the links to articles that were known before, and have changed, find them again."""
    rows = [(card.number, card.article_id) for card in fresh if card.article_id in changed]
    if rows:
        numbers, ids = zip(*rows, strict=True)
        columns = {"number": pa.array(numbers, pa.int32()), "article_id": pa.array(ids)}
        connection.register("renumbered", pa.table(columns))
        connection.execute(statement("renumber_links"))
        connection.unregister("renumbered")


@dataclass(slots=True)
class Graph:
    """Which articles may be the same as which, by number, and which are."""

    around: Neighbours
    near: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _verdicts: dict[tuple[int, int], Verdict | None] = field(default_factory=dict)

    def add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take note of pairs that may be the same."""
        involved: set[int] = set()
        for one, other in pairs:
            self.near[one].add(other)
            self.near[other].add(one)
            involved |= {one, other}
        self.around.prepare(involved)

    def stars(self, ranked: Sequence[int]) -> Ties:
        """Return what binds each of `ranked`, best first, to its story; canonical ones left out."""
        none: set[int] = set()
        return stars(
            ranked, lambda number: self.near.get(number, none), self._related, is_bridge, is_anchor
        )

    def _related(self, one: int, others: Sequence[int]) -> Iterator[tuple[int, Verdict]]:
        """Yield those of `others` that are the same as `one`, and why.

        Texts are compared when it is first asked, AT_ONCE together: the first that is the same
        most often ends the search.
        """
        for at in range(0, len(others), AT_ONCE):
            part = others[at : at + AT_ONCE]
            pairs = [(one, other) if one < other else (other, one) for other in part]
            unknown = [
                other for pair, other in zip(pairs, part, strict=True) if pair not in self._verdicts
            ]
            found = self.around.related(one, unknown)
            for pair, other in zip(pairs, part, strict=True):
                if pair not in self._verdicts:
                    self._verdicts[pair] = next(found)
                if (verdict := self._verdicts[pair]) is not None:
                    yield other, verdict


def _judged(
    graph: Graph, fresh: Collection[int], without: Collection[int]
) -> tuple[set[int], Ties]:
    """Return the articles judged and their ties, having taken in every story that lost its lead.

    `without` are those that nobody can follow yet, being new.
    """
    cards = graph.around.cards
    judged = {n for n in graph.near if cards[n].canonical is None}.union(fresh)
    while True:
        ties = graph.stars(graph.around.ranked(judged))
        followers = _followers(graph.around, sorted((judged & ties.keys()).difference(without)))
        if followers <= judged:
            return judged, ties
        leads = {number: cards[number].canonical for number in followers - judged}
        graph.add(
            (number, each)
            for number, lead in leads.items()
            if lead is not None
            for each in ({lead, ties[lead].canonical} if lead in ties else {lead}) - {number}
        )
        judged = judged | followers


def _followers(around: Neighbours, leads: list[int]) -> set[int]:
    found = ask_about(around.connection, "followers", leads)["number"].to_pylist() if leads else []
    around.know(found)
    return set(found)


def write_links(
    connection: duckdb.DuckDBPyConnection,
    cards: dict[int, Card],
    judged: Iterable[int],
    ties: Ties,
) -> None:
    """Write whom each of `judged` repeats, in the place of what was known of them."""
    own = pa.table({"article_id": pa.array([cards[n].article_id for n in judged], pa.string())})
    connection.register("judged", own)
    connection.execute(statement("delete_links"))
    connection.unregister("judged")
    if ties:
        connection.register("tie", _rows(cards, ties))
        connection.execute(statement("insert_links"))
        connection.unregister("tie")


def _rows(cards: dict[int, Card], ties: Ties) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "article_id": cards[number].article_id,
                "canonical_article_id": cards[tie.canonical].article_id,
                "number": number,
                "canonical_number": tie.canonical,
                "relation": str(
                    kind(tie.why.overlap, cards[number].publisher, cards[tie.canonical].publisher)
                ),
                "containment": tie.why.overlap.containment,
                "jaccard": tie.why.overlap.jaccard,
                "reason": _reason(cards, tie),
            }
            for number, tie in ties.items()
        ]
    )


def _reason(cards: dict[int, Card], tie: Tie[int, Verdict]) -> str:
    if tie.through == tie.canonical:
        return tie.why.reason
    return f"as article {cards[tie.through].article_id} of that story: {tie.why.reason}"
