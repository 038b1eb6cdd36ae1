-- audit_facts: what the audit is told of each document of a batch; lengths and flags, never text.
-- Grain: one row per document of `documents_of_batch`, in its order. Reads: the batch, no table.
select
    d.document_id,
    d.outcome,
    d.media_type,
    d.source,
    a.content_hash,
    length(a.title) as title_chars,
    length(a.body) as body_chars,
    a.page_chars,
    a.word_count,
    a.published_at,
    d.seen_at,
    a.published_precision,
    a.language,
    a.publisher is not null as has_publisher,
    len(a.authors) as authors,
    a.flags
from documents_of_batch as d
left join articles_of_batch as a on d.document_id = a.document_id
order by d.place
