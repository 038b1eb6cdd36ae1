-- rejects: the quarantine, with reasons.
-- Grain: one row per refusal at one place. Reads: store.reject.
create or replace view rejects as
select
    document_id,
    origin,
    member,
    line,
    byte,
    stage,
    reason,
    rule,
    detail,
    status,
    run_id,
    seen_at
from store.reject;

comment on view rejects is 'A refusal: an input that did not become an article, and why. One row per refusal at one place.';
comment on column rejects.document_id is
'sha256 of the raw bytes: joins to documents; NULL when there were no bytes to keep, as with a broken container.';
comment on column rejects.origin is
'Where it was met, as in documents.';
comment on column rejects.member is
'Name inside an archive; nested archives are joined with !.';
comment on column rejects.line is
'Line of the record in its file, from 1.';
comment on column rejects.byte is
'Offset of the record in its file, where it is known.';
comment on column rejects.stage is
'Where on its way it was refused: drop, read, extract, check or audit.';
comment on column rejects.reason is
'Why, in a word of a fixed vocabulary, such as no_article or encoding.';
comment on column rejects.rule is
'Name of the check that refused it.';
comment on column rejects.detail is
'What was met, in words.';
comment on column rejects.status is
'open, released (let through since) or waived (left out for good).';
comment on column rejects.run_id is
'The run that refused it: joins to runs.';
comment on column rejects.seen_at is
'When it was met, UTC.';
