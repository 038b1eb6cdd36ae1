-- ailing_sources: the sources whose latest judgement is that something is wrong.
-- Grain: one row per source. Reads: store.source_health.
with latest as (
    select *
    from store.source_health
    qualify row_number() over (partition by source order by day desc, judged_at desc) = 1
),

well as (
    select
        source,
        max(day) as day
    from store.source_health
    where state not in ('quiet', 'decayed')
    group by source
)

select
    l.source,
    l.state,
    l.kind,
    l.cause,
    l.detail,
    (
        select min(h.day)
        from store.source_health as h
        where h.source = l.source and (w.day is null or h.day > w.day)
    ) as since
from latest as l
left join well as w on l.source = w.source
where l.state in ('quiet', 'decayed')
order by l.source asc
