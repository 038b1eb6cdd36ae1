-- sources: what each source has given so far, and how it is.
-- Grain: one row per source. Reads: store.document, store.revision, store.source_health.
create or replace view sources as
with delivered as (
    select
        source,
        count(*) as documents,
        count(*) filter (where outcome = 'duplicate') as duplicates,
        count(*) filter (where outcome = 'rejected') as rejected,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from store.document
    group by source
),

published as (
    select
        source,
        count(*) as articles,
        max(first_seen_at) as last_article_at,
        avg((title is not null)::integer) as title_rate,
        avg((published_at is not null)::integer) as published_at_rate,
        avg((len(authors) > 0)::integer) as authors_rate,
        avg((publisher is not null)::integer) as publisher_rate
    from store.revision
    where is_current
    group by source
),

judged as (
    select
        source,
        day as judged_day,
        state,
        cause,
        detail
    from store.source_health
    qualify row_number() over (partition by source order by day desc, judged_at desc) = 1
)

select
    d.source,
    d.documents,
    coalesce(p.articles, 0) as articles,
    d.duplicates,
    d.rejected,
    d.first_seen_at,
    d.last_seen_at,
    p.last_article_at,
    p.title_rate,
    p.published_at_rate,
    p.authors_rate,
    p.publisher_rate,
    j.state,
    j.cause,
    j.detail,
    j.judged_day
from delivered as d
left join published as p on d.source is not distinct from p.source
left join judged as j on d.source = j.source;

comment on view sources is 'A source and what it has given so far. One row per source; NULL stands for drops that no configured source delivered.';
comment on column sources.source is
'Id of the source; NULL for plain drops.';
comment on column sources.documents is
'Documents met.';
comment on column sources.articles is
'Articles it was the first to give.';
comment on column sources.duplicates is
'Documents whose article was there already.';
comment on column sources.rejected is
'Documents refused.';
comment on column sources.first_seen_at is
'When its first document was met, UTC.';
comment on column sources.last_seen_at is
'When its last new document was met, UTC.';
comment on column sources.last_article_at is
'When its last new article was met, UTC; NULL when it never gave one.';
comment on column sources.title_rate is
'Share of its articles with a title, 0 to 1; NULL without articles.';
comment on column sources.published_at_rate is
'Share of its articles that state when they were published, 0 to 1.';
comment on column sources.authors_rate is
'Share of its articles with an author, 0 to 1.';
comment on column sources.publisher_rate is
'Share of its articles with a publisher, 0 to 1.';
comment on column sources.state is
'How it is by its latest judgement: new (too short a past), well, quiet or decayed; NULL before the first one.';
comment on column sources.cause is
'The likeliest cause when it is quiet or decayed.';
comment on column sources.detail is
'The finding in words, with its figures.';
comment on column sources.judged_day is
'The UTC day that it was last judged on.';
