-- documents: every input that had bytes, and what became of it.
-- Grain: one row per (document_id, origin). Reads: store.document.
create or replace view documents as
select
    document_id,
    origin,
    source,
    media_type,
    bytes,
    seen_at as first_seen_at,
    archive_file,
    archive_offset,
    outcome,
    article_id,
    line_roles
from store.document;

comment on view documents is 'An input document at one place. One row per (document_id, origin): the same bytes met at a second place are a row of their own, with outcome duplicate.';
comment on column documents.document_id is
'sha256 of the raw bytes, in hex.';
comment on column documents.origin is
'Where it was met: path!member:line of a file, or the URL of a page. Text from outside: may hold anything.';
comment on column documents.source is
'Id of the configured source that delivered it; NULL for plain drops.';
comment on column documents.media_type is
'What the bytes are once containers are opened: text/plain, text/html or application/json; NULL when refused before that was known.';
comment on column documents.bytes is
'Size of the raw bytes; NULL when they were never read whole.';
comment on column documents.first_seen_at is
'When newsmill first met these bytes at this place, UTC.';
comment on column documents.archive_file is
'WARC file under the archive that keeps the raw bytes.';
comment on column documents.archive_offset is
'Offset of the record in archive_file, in bytes.';
comment on column documents.outcome is
'What became of it: loaded (gave a new article), duplicate (its article was there already), rejected (see rejects), held (its batch waits for a decision).';
comment on column documents.article_id is
'The article it gave or repeats: joins to articles; NULL when rejected or held.';
comment on column documents.line_roles is
'Role of each line of the dump or block of the page, in order; NULL for repeated bytes and refusals.';
