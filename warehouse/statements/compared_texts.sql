-- compared_texts: the stored words of the articles in `asked`.
-- Grain: one row per number. Reads: store.fingerprint, store.revision.
with named as (
    select
        f.number,
        f.article_id
    from store.fingerprint as f
    semi join asked on f.number = asked.number
)

select
    named.number,
    r.title,
    r.body
from store.revision as r
inner join named on r.article_id = named.article_id
where r.is_current
