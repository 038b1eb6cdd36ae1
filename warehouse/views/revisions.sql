-- revisions: every version of every article.
-- Grain: one row per (article_id, revision). Reads: store.revision.
create or replace view revisions as
select
    article_id,
    revision,
    content_hash,
    title,
    body,
    case when is_late then coalesce(modified_at, published_at) else seen_at end as valid_from,
    changed_ratio,
    coalesce(cause, 'page') as cause
from store.revision;

comment on view revisions is 'A version of an article. One row per (article_id, revision); articles shows the last one, but for those that came late.';
comment on column revisions.article_id is
'The article: joins to articles.';
comment on column revisions.revision is
'Number of the version, from 1, in the order newsmill met them.';
comment on column revisions.content_hash is
'sha256 of the normalised title and body of this version.';
comment on column revisions.title is
'Headline of this version.';
comment on column revisions.body is
'Text of this version, one paragraph a line.';
comment on column revisions.valid_from is
'When newsmill first met this version, UTC; of one that came late, after a newer one, when it says it was changed or published. It is valid until the next one begins.';
comment on column revisions.changed_ratio is
'Share of the text that differs from the version before, 0 to 1; NULL for the first.';
comment on column revisions.cause is
'page (the publisher changed the text) or replay (newsmill read the same bytes otherwise).';
