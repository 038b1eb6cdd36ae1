-- dossier_documents: every place one document was met at, first to last.
-- Grain: one row per origin. Reads: store.document, store.batch.
select
    d.document_id,
    d.origin,
    d.source,
    d.media_type,
    d.bytes,
    d.seen_at as first_seen_at,
    d.archive_file,
    d.archive_offset,
    d.outcome,
    d.article_id,
    d.line_roles,
    d.url,
    d.batch_id,
    b.run_id
from store.document as d
left join store.batch as b on d.batch_id = b.batch_id
where d.document_id = $document_id
order by d.seen_at asc, d.outcome desc, d.origin asc
