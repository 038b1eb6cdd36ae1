-- source_overview: how each source is, with its last day on which documents came, and how much of
-- what its site listed for the week up to that day is here.
-- Grain: one row per source. Reads: sources, source_days, completeness.
with last_day as (
    select *
    from source_days
    where documents > 0 and source is not null
    qualify row_number() over (partition by source order by day desc) = 1
),

week as (
    select
        c.source,
        sum(c.loaded) / nullif(sum(c.listed - c.gone), 0) as loaded_ratio
    from completeness as c
    inner join last_day as d on c.source = d.source
    where c.day between d.day - interval 7 day and d.day
    group by c.source
)

select
    s.source,
    s.state,
    s.cause,
    s.detail,
    s.last_article_at,
    d.day,
    d.articles,
    d.expected_low,
    d.expected_high,
    d.title_rate,
    d.published_at_rate,
    d.authors_rate,
    d.body_rate,
    d.rejected / d.documents as rejected_rate,
    d.duplicates / d.documents as duplicate_rate,
    d.flagged_rate,
    d.kept_ratio,
    d.latency_hours,
    w.loaded_ratio
from sources as s
inner join last_day as d on s.source = d.source
left join week as w on s.source = w.source
order by s.source asc
