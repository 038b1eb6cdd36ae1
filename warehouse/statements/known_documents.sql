-- known_documents: what the warehouse knows of each (document_id, origin) of `pair`.
-- Grain: one row per row of pair, in its order. Reads: store.document: one column of numbers, and
-- those rows that it names.
-- Of the rows of one document the one that tells most of its fate speaks for it.
-- Rows of the open transaction, from place 36028797018960000 on, are read apart: DuckDB 2.0.0 loses
-- rows when one look-up names some of each.
with met as materialized (
    select d.rowid as place
    from store.document as d
    semi join pair on d.document_key = cast('0x' || left(pair.document_id, 16) as ubigint)
),

stored as (
    select met.place
    from met
    where met.place < 36028797018960000
),

added as (
    select met.place
    from met
    where met.place >= 36028797018960000
),

sighting as materialized (
    select
        d.document_id,
        d.origin,
        d.outcome,
        d.article_id,
        d.archive_file,
        d.archive_offset,
        list_position(['loaded', 'duplicate', 'held', 'rejected'], d.outcome) as fate
    from store.document as d
    where d.rowid in (select stored.place from stored)
    union all
    select
        d.document_id,
        d.origin,
        d.outcome,
        d.article_id,
        d.archive_file,
        d.archive_offset,
        list_position(['loaded', 'duplicate', 'held', 'rejected'], d.outcome) as fate
    from store.document as d
    where d.rowid in (select added.place from added)
),

known as (
    select
        document_id,
        list(origin) as origins,
        arg_min(outcome, fate) as outcome,
        min(article_id) as article_id,
        min(archive_file) as archive_file,
        min(archive_offset) as archive_offset
    from sighting
    group by document_id
)

select
    p.document_id,
    p.origin,
    k.outcome,
    k.article_id,
    k.archive_file,
    k.archive_offset,
    k.document_id is not null as known_document,
    coalesce(list_contains(k.origins, p.origin), false) as known_pair
from pair as p
left join known as k on p.document_id = k.document_id
order by p.place
