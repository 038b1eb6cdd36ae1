-- insert_rejects: what the batch refused.
-- Grain: one row per refusal at one place. Reads: rejects.
insert into store.reject by name
select
    document_id,
    origin,
    member,
    line,
    byte,
    stage,
    reason,
    rule,
    detail,
    seen_at,
    'open' as status,
    $run_id as run_id,
    $batch_id as batch_id
from rejects
