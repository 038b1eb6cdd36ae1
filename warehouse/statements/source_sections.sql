-- source_sections: how many new articles each section of a source brought on each UTC day.
-- Grain: one row per (source, day, section) with an article that states a section.
-- Reads: store.revision.
select
    source,
    seen_at::date as day,
    lower(trim(section)) as section,
    count(*) as articles
from store.revision
where
    revision = 1
    and source is not null
    and trim(section) <> ''
    and seen_at::date >= $from_day
group by source, seen_at::date, lower(trim(section))
order by source asc, day asc, section asc
