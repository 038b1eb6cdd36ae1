-- known_articles: the stored articles that have the content of one in `content`.
-- Grain: one row per version of an article. Reads: store.revision: one column of numbers, and those
-- rows that it names.
with met as materialized (
    select r.rowid as place
    from store.revision as r
    semi join content on r.content_key = cast('0x' || left(content.content_hash, 16) as ubigint)
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
    where r.rowid in (select met.place from met)
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
