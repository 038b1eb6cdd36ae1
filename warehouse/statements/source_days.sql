-- source_days: what each source delivered on each UTC day, counted for the judgement of its health.
-- Grain: one row per (source, day) with any document, oldest first. Reads: store.document,
-- store.revision, store.reject.
with delivered as (
    select
        source,
        seen_at::date as day,
        count(*) as documents,
        count(*) filter (where outcome = 'duplicate') as duplicates,
        count(*) filter (where outcome = 'rejected') as rejected
    from store.document
    where source is not null and seen_at::date >= $from_day
    group by source, seen_at::date
),

first_version as (
    select
        *,
        seen_at::date as day
    from store.revision
    where revision = 1 and source is not null and seen_at::date >= $from_day
),

written as (
    select
        source,
        day,
        count(*) as articles,
        count(title) as titled,
        count(distinct title) as distinct_titles,
        count(published_at) as dated,
        count(*) filter (
            where published_at between seen_at - interval 30 day and seen_at + interval 1 day
        ) as recent,
        count(*) filter (where len(authors) > 0) as signed,
        count(*) filter (where length(body) >= 300) as full_bodies,
        count(*) filter (
            where not list_has_any(flags, ['paywall', 'truncated', 'injected_spam'])
        ) as unflagged,
        median(word_count) as words,
        median(length(body) / nullif(page_chars, 0)) as kept_ratio,
        median(epoch(seen_at - published_at) / 3600) as latency_hours
    from first_version
    group by source, day
),

refused as (
    select
        d.source,
        d.seen_at::date as day,
        mode(r.reason) as main_reason
    from store.reject as r
    inner join store.document as d on r.document_id = d.document_id and r.origin = d.origin
    where d.source is not null and d.seen_at::date >= $from_day and d.outcome = 'rejected'
    group by d.source, d.seen_at::date
)

select
    d.source,
    d.day,
    d.documents,
    d.duplicates,
    d.rejected,
    r.main_reason,
    w.words,
    w.kept_ratio,
    w.latency_hours,
    coalesce(w.articles, 0) as articles,
    coalesce(w.titled, 0) as titled,
    coalesce(w.distinct_titles, 0) as distinct_titles,
    coalesce(w.dated, 0) as dated,
    coalesce(w.recent, 0) as recent,
    coalesce(w.signed, 0) as signed,
    coalesce(w.full_bodies, 0) as full_bodies,
    coalesce(w.unflagged, 0) as unflagged
from delivered as d
left join written as w on d.source = w.source and d.day = w.day
left join refused as r on d.source = r.source and d.day = r.day
order by d.source asc, d.day asc
