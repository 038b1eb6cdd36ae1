-- story_of: every article of the stories that some documents or articles belong to.
-- Grain: one row per article, the canonical one of its story first. Reads: articles, duplicates, store.
with own as (
    select a.story_id
    from articles as a
    where
        a.article_id = lower($sought)
        or a.article_id in (
            select d.article_id from store.document as d
            where
                d.origin = $sought
                or d.url = $sought
                or (length($sought) >= 8 and starts_with(d.document_id, lower($sought)))
        )
        or a.article_id in (
            select r.article_id from store.revision as r
            where r.url = $sought or r.canonical_url = $sought
        )
)

select
    a.story_id,
    a.article_id,
    a.title,
    a.body,
    a.publisher_domain,
    a.publisher,
    a.published_at,
    a.published_precision,
    a.is_canonical,
    l.relation,
    l.containment,
    l.jaccard,
    l.reason
from articles as a
left join duplicates as l on a.article_id = l.article_id
where a.story_id in (select own.story_id from own)
order by a.story_id asc, a.is_canonical desc, a.published_at asc nulls last, a.article_id asc
