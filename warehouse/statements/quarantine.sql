-- quarantine: refusals by reason, with the latest as an example.
-- Grain: one row per (stage, reason). Reads: store.reject.
select
    stage,
    reason,
    count(*) as inputs,
    arg_max(origin, (seen_at, origin)) as example,
    arg_max(detail, (seen_at, origin)) as detail
from store.reject
where
    ($run_id is null or run_id = $run_id)
    and ($status is null or status = $status)
group by stage, reason
order by inputs desc, stage asc, reason asc
