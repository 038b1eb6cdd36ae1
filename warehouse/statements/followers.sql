-- followers: the articles that repeat one of those in `asked`.
-- Grain: one row per article. Reads: store.link, store.fingerprint.
with canonical as (
    select f.article_id
    from store.fingerprint as f
    semi join asked on f.number = asked.number
),

follower as (
    select l.article_id
    from store.link as l
    semi join canonical on l.canonical_article_id = canonical.article_id
)

select f.number
from store.fingerprint as f
semi join follower on f.article_id = follower.article_id
order by f.number asc
