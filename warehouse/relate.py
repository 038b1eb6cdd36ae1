"""Decide what each document of a batch is to the warehouse: new, a copy, or known already.

An article is one news story as published by one publisher. The order of the documents decides who
was first, so any split of the same sequence into batches gives the same articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from articles.errors import NewsmillError
from articles.model import Outcome
from warehouse.batch import REJECT, BatchTables
from warehouse.contents import Group, Imprint, Member, article_id, groups, or_far
from warehouse.revise import Addresses, Version, addresses
from warehouse.sql import over

FATE = ["document_id", "origin", "outcome", "article_id", "known_pair"]
"""The columns of `known_documents` that decide what a delivery is."""


class UnknownBytes(NewsmillError):
    """A sighting of bytes that neither the warehouse nor the batch has dealt with."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a document."""

    outcome: Outcome
    article_id: str | None = None


def known_documents(connection: duckdb.DuckDBPyConnection, pairs: pa.Table) -> pa.Table:
    """Return `pairs` (document_id, origin) with what the warehouse knows of each, in order.

    Columns besides: `known_pair` (nothing to do), `known_document` (the bytes were dealt with,
    from here or elsewhere), and `outcome`, `article_id`, `archive_file` and `archive_offset` of
    those bytes, or null.
    """
    return over(connection, "known_documents", "pair", pairs.select(["document_id", "origin"]))


def relate(connection: duckdb.DuckDBPyConnection, tables: BatchTables) -> BatchTables:
    """Return the batch with the outcome and article of every document, known ones taken out.

    A sighting shares the fate of its bytes: `duplicate` if they gave an article, otherwise
    `rejected` (its refusal is repeated for the new place) or `held`. Relating twice changes
    nothing. Raises UnknownBytes for a sighting whose document was never brought.
    """
    known = known_documents(connection, tables.documents)
    held = addresses(connection, tables.articles)
    fates = _fates(tables, known, groups(connection, tables.articles), held)
    is_new = pa.array([fate is not None for fate in fates.of_rows], pa.bool_())
    documents = _with_fates(tables.documents, fates).filter(is_new)
    refusals_known, rejects = _new_refusals(connection, tables.rejects)
    rejects = _of_places(rejects, documents)
    return replace(
        tables,
        documents=documents,
        articles=_with_versions(_of_fresh(tables.articles, fates), fates),
        evidence=_of_fresh(tables.evidence, fates),
        rejects=pa.concat_tables([rejects, _repeated(connection, rejects, documents)]),
        skipped=tables.skipped + fates.of_rows.count(None) + refusals_known,
    )


@dataclass(slots=True)
class _Fates:
    """The verdicts over one batch."""

    of_rows: list[Fate | None] = field(default_factory=list)
    """One for each document row; None for what the warehouse has from that place."""
    fresh: dict[str, Fate] = field(default_factory=dict)
    """By document_id, for the documents that this batch decides."""
    changed: dict[str, float] = field(default_factory=dict)
    """Changed ratio by document_id, of those that bring a new version."""
    late: set[str] = field(default_factory=set)
    """Those of them that say they are older than the version at hand."""


def _fates(
    tables: BatchTables, known: pa.Table, contents: dict[str, Group], held: Addresses
) -> _Fates:
    """Walk the documents in their order; `contents` and `held` grow with every new article."""
    fates = _Fates()
    articles = {row[0]: row[1:] for row in _tuples(_identities(tables.articles))}
    refused = set(tables.rejects["document_id"].to_pylist())
    places: set[tuple[str, str]] = set()
    for document_id, origin, outcome, stored_id, is_known in _tuples(known.select(FATE)):
        place = (document_id, origin)
        if is_known or place in places:
            fates.of_rows.append(None)
            continue
        places.add(place)
        if outcome is not None:
            fate = _shared(Fate(Outcome(outcome), stored_id))
        elif document_id in fates.fresh:
            fate = _shared(fates.fresh[document_id])
        elif document_id in articles:
            fate = _placed(document_id, articles[document_id], contents, held, fates)
            fates.fresh[document_id] = fate
        elif document_id in refused:
            fate = fates.fresh[document_id] = Fate(Outcome.REJECTED)
        else:
            raise UnknownBytes(
                f"document {document_id} at {origin!r} came without article or refusal and "
                "is not in the warehouse: load the batch that read its bytes first"
            )
        fates.of_rows.append(fate)
    return fates


def _shared(fate: Fate) -> Fate:
    """Return the fate of a further place of bytes that met `fate`."""
    return Fate(Outcome.DUPLICATE, fate.article_id) if fate.article_id else fate


def _placed(
    document_id: str,
    article: tuple[Any, ...],
    contents: dict[str, Group],
    held: Addresses,
    fates: _Fates,
) -> Fate:
    content_hash, domain, publisher, agency, canonical_url, url, *text = article
    imprint, address = Imprint.of(domain, publisher, agency), canonical_url or url
    group = contents.setdefault(content_hash, Group())
    if (twin := group.twin(imprint)) is not None:
        return Fate(Outcome.DUPLICATE, twin.article_id)
    version = Version(article_id(content_hash, imprint.site), *text)
    if (former := held.revised(imprint.site, address, version)) is not None:
        version.article_id = former.article_id
        fates.changed[document_id] = former.changed_ratio(version)
    if former is not None and version.is_older_than(former):
        fates.late.add(document_id)
    else:
        held.put(imprint.site, address, version)
    group.members.append(Member(or_far(version.published_us), version.article_id, imprint))
    return Fate(Outcome.LOADED, version.article_id)


def _identities(articles: pa.Table) -> pa.Table:
    named = articles.select(
        [
            "document_id",
            "content_hash",
            "publisher_domain",
            "publisher",
            "agency",
            "canonical_url",
            "url",
            "title",
            "body",
        ]
    )
    for name in ("published_at", "published_precision", "modified_at"):
        times = articles[name]
        is_time = pa.types.is_timestamp(times.type)
        named = named.append_column(name, times.cast(pa.int64()) if is_time else times)
    return named


def _tuples(rows: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as tuples: a third of the cost of dicts."""
    return zip(*(column.to_pylist() for column in rows.columns), strict=True)


def _with_fates(documents: pa.Table, fates: _Fates) -> pa.Table:
    outcomes = [fate and fate.outcome for fate in fates.of_rows]
    article_ids = [fate and fate.article_id for fate in fates.of_rows]
    return _replaced(documents, outcome=outcomes, article_id=article_ids)


def _of_fresh(rows: pa.Table, fates: _Fates) -> pa.Table:
    return rows.filter(_among(rows["document_id"], fates.fresh))


def _with_versions(articles: pa.Table, fates: _Fates) -> pa.Table:
    documents = articles["document_id"].to_pylist()
    articles = _replaced(articles, article_id=[fates.fresh[key].article_id for key in documents])
    at = articles.schema.get_field_index("changed_ratio")
    ratios = pa.array([fates.changed.get(key) for key in documents], pa.float64())
    articles = articles.set_column(at, "changed_ratio", ratios)
    at = articles.schema.get_field_index("is_late")
    late = pa.array([key in fates.late for key in documents], pa.bool_())
    return articles.set_column(at, "is_late", late)


def _new_refusals(connection: duckdb.DuckDBPyConnection, rejects: pa.Table) -> tuple[int, pa.Table]:
    """Take out the inputs without bytes that were refused before; count them."""
    bare = rejects.filter(pc.is_null(rejects["document_id"]))
    if bare.num_rows == 0:
        return 0, rejects
    met: set[tuple[Any, ...]] = set()
    keep = []
    stored = over(connection, "known_refusals", "refusal", bare)["is_known"].to_pylist()
    for row, is_known in zip(bare.to_pylist(), stored, strict=True):
        place = (row["origin"], row["reason"], row["member"], row["line"])
        keep.append(not is_known and place not in met)
        met.add(place)
    fresh = bare.filter(pa.array(keep, pa.bool_()))
    others = rejects.filter(pc.is_valid(rejects["document_id"]))
    return keep.count(False), pa.concat_tables([others, fresh])


def _of_places(rejects: pa.Table, documents: pa.Table) -> pa.Table:
    """Return the refusals without bytes and those of `documents` at their own place, once each.

    The same bytes can stand twice at one place: a tar may hold two members of one name.
    """
    places = set(_places(documents))
    told: set[tuple[object, ...]] = set()
    kept = []
    for row in rejects.select(["document_id", "origin", "reason", "rule"]).to_pylist():
        refusal = tuple(row.values())
        bare = row["document_id"] is None
        kept.append(bare or (refusal[:2] in places and refusal not in told))
        told.add(refusal)
    return rejects.filter(pa.array(kept, pa.bool_()))


def _repeated(
    connection: duckdb.DuckDBPyConnection, rejects: pa.Table, documents: pa.Table
) -> pa.Table:
    """Return a refusal for each refused document that has none for its own place yet."""
    told = set(_places(rejects))
    refused = documents.filter(pc.equal(documents["outcome"], Outcome.REJECTED))
    untold = [row for row in refused.to_pylist() if (row["document_id"], row["origin"]) not in told]
    if not untold:
        return REJECT.empty_table()
    ids = pa.table({"document_id": [row["document_id"] for row in untold]})
    reasons = {
        row["document_id"]: row
        for row in [
            *over(connection, "rejects_of", "sighted", ids).to_pylist(),
            *rejects.to_pylist(),
        ]
    }
    shared = ["document_id", "origin", "member", "line", "seen_at"]
    rows = [reasons[row["document_id"]] | {key: row.get(key) for key in shared} for row in untold]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in REJECT.names} for row in rows], schema=REJECT
    )


def _places(rows: pa.Table) -> list[tuple[str | None, str]]:
    return list(zip(rows["document_id"].to_pylist(), rows["origin"].to_pylist(), strict=True))


def _among(column: pa.ChunkedArray, wanted: dict[str, Fate]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(list(wanted), pa.string()))


def _replaced(rows: pa.Table, **columns: Sequence[object]) -> pa.Table:
    for name, values in columns.items():
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.schema.field(at), pa.array(values, pa.string()))
    return rows
