-- rereads: what became otherwise when archived documents were read again.
-- Grain: one row per document, place and run that changed something. Reads: store.reread.
create or replace view rereads as
select
    document_id,
    origin,
    was_outcome,
    was_reason,
    outcome,
    reason,
    article_id,
    changed,
    run_id,
    reread_at
from store.reread;

comment on view rereads is 'A document that came out otherwise when its archived bytes were read again: let through from the quarantine or a held batch, or changed by a replay.';
comment on column rereads.document_id is
'The document: joins to documents.';
comment on column rereads.origin is
'Where it was met, as in documents.';
comment on column rereads.was_outcome is
'What had become of it before: rejected, held or loaded.';
comment on column rereads.was_reason is
'Why it had been refused; NULL when it had not.';
comment on column rereads.outcome is
'What came of it: loaded (a new article or version), duplicate (content that is there; of a replay: fields mended), rejected, skipped (would be refused today, and stays).';
comment on column rereads.reason is
'Why it is, or would be, refused today.';
comment on column rereads.article_id is
'The article it gives or repeats: joins to articles.';
comment on column rereads.changed is
'Fields of the article that changed in a replay.';
comment on column rereads.run_id is
'The run that read it again: joins to runs.';
comment on column rereads.reread_at is
'When, UTC.';
