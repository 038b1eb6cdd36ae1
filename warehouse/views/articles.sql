-- articles: every article as it reads now.
-- Grain: one row per article_id. Reads: store.revision, store.link, store.document.
create or replace view articles as
with copies as (
    select
        article_id,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from store.document
    where outcome = 'duplicate' and article_id is not null
    group by article_id
)

select
    r.article_id,
    r.title,
    r.body,
    r.authors,
    r.publisher,
    r.publisher_domain,
    r.section,
    r.language,
    r.published_at,
    r.published_precision,
    r.modified_at,
    r.url,
    r.canonical_url,
    r.source,
    r.agency,
    r.dateline,
    r.word_count,
    r.flags,
    coalesce(l.canonical_article_id, r.article_id) as story_id,
    l.article_id is null as is_canonical,
    r.revision,
    r.content_hash,
    r.document_id,
    least(r.first_seen_at, c.first_seen_at) as first_seen_at,
    greatest(r.seen_at, c.last_seen_at) as last_seen_at,
    r.extractor_version
from store.revision as r
left join copies as c on r.article_id = c.article_id
left join store.link as l on r.article_id = l.article_id
where r.is_current;

comment on view articles is 'An article: one news story as published by one site, boilerplate removed, in its current revision. One row per article_id. All times are UTC.';
comment on column articles.article_id is
'Identity of the article, stable over its revisions: 32 hex digits.';
comment on column articles.title is
'Headline as printed; NULL when the page shows none that can be told from the rest.';
comment on column articles.body is
'The text of the story in reading order, one paragraph a line, boilerplate removed.';
comment on column articles.authors is
'People named as authors, in the order printed; empty when none is stated.';
comment on column articles.publisher is
'Name of the site or paper, as it calls itself; NULL when not stated.';
comment on column articles.publisher_domain is
'Registered domain of the pages own address, such as example.co.uk; NULL when unknown.';
comment on column articles.section is
'Section the page files the story under; NULL when not stated.';
comment on column articles.language is
'ISO 639-1 code of the text (639-3 where there is none).';
comment on column articles.published_at is
'When the page says it was published, UTC; NULL when it does not say. Never guessed, never the time of capture.';
comment on column articles.published_precision is
'How exactly published_at is stated: second, minute, day, month or year.';
comment on column articles.modified_at is
'When the page says it was last changed, UTC; NULL when it does not say.';
comment on column articles.url is
'Address the page was fetched from; NULL for files without one.';
comment on column articles.canonical_url is
'Address the page names as its own, trackers removed; NULL when it names none.';
comment on column articles.source is
'Id of the configured source that delivered the first document; NULL for plain drops.';
comment on column articles.agency is
'News agency credited with the text, such as Reuters; NULL when none is.';
comment on column articles.dateline is
'Place named at the start of the text, such as PARIS; NULL when there is none.';
comment on column articles.word_count is
'Words in body.';
comment on column articles.flags is
'What to beware of, sorted: paywall, truncated, injected_spam, live_blog, opinion and the like; empty when nothing is.';
comment on column articles.story_id is
'The story the article belongs to: joins to stories. It is the id of the canonical article, so it changes when an earlier one is found.';
comment on column articles.is_canonical is
'True for the one article that stands for its story: the earliest published, then the longest, then the lowest id. Keep these to count each story once.';
comment on column articles.revision is
'Number of the current version, from 1.';
comment on column articles.content_hash is
'sha256 of the normalised title and body: equal for equal content.';
comment on column articles.document_id is
'The document that gave this revision: joins to documents and evidence.';
comment on column articles.first_seen_at is
'When newsmill first met the article, UTC.';
comment on column articles.last_seen_at is
'When newsmill last met the article at a new place or in a new version, UTC; a repeat from a known place does not count.';
comment on column articles.extractor_version is
'Version of the extraction that read it.';
