-- status_runs: the last runs with their ledger, for a person.
-- Grain: one row per run, the last first. Reads: runs.
select
    flow,
    status,
    strftime(started_at, '%m-%d %H:%M') as started,
    case
        when ended_at is null then ''
        else round(epoch(ended_at - started_at))::int || ' s'
    end as took,
    seen,
    loaded,
    duplicate,
    rejected,
    held,
    skipped
from runs
order by started_at desc
limit 6
