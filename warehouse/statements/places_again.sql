-- places_again: every place of the documents in `again`.
-- Grain: one row per (document_id, origin), in the order in which they were met.
-- Reads: store.document, again.
select
    d.document_id,
    d.origin,
    d.member,
    d.line,
    d.source,
    d.media_type,
    d.bytes,
    d.url,
    d.archive_file,
    d.archive_offset,
    d.seen_at
from store.document as d
semi join again on d.document_id = again.document_id
order by d.seen_at asc, d.archive_file asc, d.archive_offset asc, d.origin asc
