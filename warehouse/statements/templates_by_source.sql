-- templates_by_source: how many lines each source is known to repeat, and how many were forgotten.
-- Grain: one row per source. Reads: templates.
select
    source,
    count(*) filter (where is_used) as known,
    count(*) filter (where not is_used) as forgotten,
    max(of_stories) as of_stories,
    max(greatest(since, coalesce(until, 0))) as changed_in
from templates
group by source
order by source asc
