-- sought_run: a run and its ledger.
-- Grain: at most one row. Reads: runs. $sought: begins its run_id or flow_run_id; NULL for the last run.
select
    r.run_id,
    r.flow,
    r.status,
    r.started_at,
    r.ended_at,
    r.seen,
    r.loaded,
    r.duplicate,
    r.rejected,
    r.held,
    r.skipped
from runs as r
where
    $sought is null
    or starts_with(r.run_id, $sought)
    or starts_with(r.flow_run_id, $sought)
order by r.started_at desc
limit 1
