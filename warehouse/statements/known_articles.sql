-- known_articles: the stored articles that have the content of one in `content`.
-- Grain: one row per version of an article. Reads: store.revision.
with met as (
    select r.rowid as place
    from store.revision as r
    semi join content on r.content_key = cast('0x' || left(content.content_hash, 16) as ubigint)
)

select
    r.content_hash,
    r.article_id,
    r.site,
    r.publisher,
    r.agency,
    epoch_us(r.published_at) as published_us
from store.revision as r
semi join content on r.content_hash = content.content_hash
where r.rowid in (select met.place from met)
order by r.content_hash asc, r.published_at asc nulls last, r.article_id asc
