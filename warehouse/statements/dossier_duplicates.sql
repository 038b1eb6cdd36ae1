-- dossier_duplicates: the links of one document's article, in either direction.
-- Grain: one row per link. Reads: duplicates, store.document.
with own as (
    select distinct article_id
    from store.document
    where document_id = $document_id and article_id is not null
)

select
    l.article_id,
    l.canonical_article_id,
    l.relation,
    l.containment,
    l.jaccard
from duplicates as l
where
    l.article_id in (select own.article_id from own)
    or l.canonical_article_id in (select own.article_id from own)
order by l.relation asc, l.article_id asc
