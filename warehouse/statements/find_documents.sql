-- find_documents: the documents that one key names: an id, an origin or an address.
-- Grain: one row per document_id, first met first. Reads: store.document, store.revision.
with page as (
    select
        article_id,
        document_id
    from store.revision
    where url = $sought or canonical_url = $sought
)

select d.document_id
from store.document as d
where
    d.origin = $sought
    or d.url = $sought
    or d.article_id = lower($sought)
    or (length($sought) >= 8 and starts_with(d.document_id, lower($sought)))
    or d.document_id in (select page.document_id from page)
group by d.document_id
order by min(d.seen_at) asc, d.document_id asc
