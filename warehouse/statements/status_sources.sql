-- status_sources: how the configured sources are, those that ail named with the cause.
-- Grain: one row per state, ill ones first. Reads: sources.
select
    coalesce(state, 'not judged yet') as state,
    count(*) as sources,
    string_agg(
        source || case when state in ('quiet', 'decayed') then ': ' || cause else '' end,
        ', ' order by source
    ) as which
from sources
where source is not null
group by state
order by list_position(['quiet', 'decayed', 'new', 'well'], state) asc nulls last
