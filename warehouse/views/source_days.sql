-- source_days: volume, fill and health of each source, day by day.
-- Grain: one row per (source, day). Reads: store.document, store.revision, store.source_health.
create or replace view source_days as
with delivered as (
    select
        source,
        seen_at::date as day,
        count(*) as documents,
        count(*) filter (where outcome = 'duplicate') as duplicates,
        count(*) filter (where outcome = 'rejected') as rejected
    from store.document
    group by source, seen_at::date
),

published as (
    select
        source,
        seen_at::date as day,
        count(*) as articles,
        avg((title is not null)::integer) as title_rate,
        avg((published_at is not null)::integer) as published_at_rate,
        avg((len(authors) > 0)::integer) as authors_rate,
        avg((publisher is not null)::integer) as publisher_rate,
        avg((length(body) >= 300)::integer) as body_rate,
        avg((len(flags) > 0)::integer) as flagged_rate,
        median(word_count) as words,
        median(length(body) / nullif(page_chars, 0)) as kept_ratio,
        median(epoch(seen_at - published_at) / 3600) as latency_hours
    from store.revision
    where revision = 1
    group by source, seen_at::date
)

select
    d.source,
    d.day,
    d.documents,
    coalesce(p.articles, 0) as articles,
    d.duplicates,
    d.rejected,
    p.title_rate,
    p.published_at_rate,
    p.authors_rate,
    p.publisher_rate,
    p.body_rate,
    p.flagged_rate,
    p.words,
    p.kept_ratio,
    p.latency_hours,
    h.expected_low,
    h.expected_high,
    h.state,
    h.kind,
    h.cause,
    h.detail
from delivered as d
left join published as p on d.source is not distinct from p.source and d.day = p.day
left join store.source_health as h on d.source = h.source and d.day = h.day
union all
select
    h.source,
    h.day,
    0 as documents,
    0 as articles,
    0 as duplicates,
    0 as rejected,
    null as title_rate,
    null as published_at_rate,
    null as authors_rate,
    null as publisher_rate,
    null as body_rate,
    null as flagged_rate,
    null as words,
    null as kept_ratio,
    null as latency_hours,
    h.expected_low,
    h.expected_high,
    h.state,
    h.kind,
    h.cause,
    h.detail
from store.source_health as h
anti join delivered as d on h.source = d.source and h.day = d.day;

comment on view source_days is 'A source on one UTC day, by when documents were met. One row per (source, day) with any document, or on which the source was judged.';
comment on column source_days.source is
'Id of the source; NULL for plain drops.';
comment on column source_days.day is
'The day, UTC.';
comment on column source_days.documents is
'Documents met on that day.';
comment on column source_days.articles is
'New articles on that day.';
comment on column source_days.duplicates is
'Documents of that day whose article was there already.';
comment on column source_days.rejected is
'Documents of that day refused.';
comment on column source_days.title_rate is
'Share of the new articles with a title, 0 to 1; NULL without articles.';
comment on column source_days.published_at_rate is
'Share of the new articles that state when they were published, 0 to 1.';
comment on column source_days.authors_rate is
'Share of the new articles with an author, 0 to 1.';
comment on column source_days.publisher_rate is
'Share of the new articles with a publisher, 0 to 1.';
comment on column source_days.body_rate is
'Share of the new articles with a body of 300 characters or more, 0 to 1.';
comment on column source_days.flagged_rate is
'Share of the new articles with any flag, 0 to 1.';
comment on column source_days.words is
'Median words of a new article.';
comment on column source_days.kept_ratio is
'Median share of a page that was kept as body, 0 to 1: it drifts when a page changes around its text.';
comment on column source_days.latency_hours is
'Median hours from the stated publication to the warehouse.';
comment on column source_days.expected_low is
'Fewest articles to expect on such a day, by the same weekdays before; NULL until enough is known.';
comment on column source_days.expected_high is
'Most articles to expect on such a day; NULL until enough is known.';
comment on column source_days.state is
'What was made of the day: new (too short a past), well, quiet or decayed; NULL when it was not judged.';
comment on column source_days.kind is
'What gave a quiet or decayed day away: volume, requests, or the signal that fell.';
comment on column source_days.cause is
'The likeliest cause: robots, forbidden, unreachable, feed gone, layout change and the like.';
comment on column source_days.detail is
'The finding in words, with its figures.';
