-- insert_documents: every delivery of the batch; `documents` holds new ones only.
-- Grain: one row per (document_id, origin). Reads: documents.
insert into store.document by name
select
    document_id,
    cast('0x' || left(document_id, 16) as ubigint) as document_key,
    origin,
    member,
    line,
    source,
    media_type,
    bytes,
    url,
    archive_file,
    archive_offset,
    seen_at,
    outcome,
    article_id,
    line_roles,
    $batch_id as batch_id
from documents
