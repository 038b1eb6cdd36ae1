-- known_articles: the stored articles that have the content of one in `content`.
-- Grain: one row per version of an article. Reads: store.revision: one column of numbers, and those
-- rows that it names.
-- Rows of the open transaction, from place 36028797018960000 on, are read apart: DuckDB 2.0.0 loses
-- rows when one look-up names some of each.
with met as materialized (
    select r.rowid as place
    from store.revision as r
    semi join content on r.content_key = cast('0x' || left(content.content_hash, 16) as ubigint)
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

version as materialized (
    select
        r.content_hash,
        r.article_id,
        r.site,
        r.publisher,
        r.agency,
        r.published_at
    from store.revision as r
    where r.rowid in (select stored.place from stored)
    union all
    select
        r.content_hash,
        r.article_id,
        r.site,
        r.publisher,
        r.agency,
        r.published_at
    from store.revision as r
    where r.rowid in (select added.place from added)
)

select
    v.content_hash,
    v.article_id,
    v.site,
    v.publisher,
    v.agency,
    epoch_us(v.published_at) as published_us
from version as v
semi join content on v.content_hash = content.content_hash
order by v.content_hash asc, v.published_at asc nulls last, v.article_id asc
