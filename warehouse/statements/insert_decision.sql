-- insert_decision: who decided what about refusals, when and why.
-- Grain: one row per decision. Reads: nothing.
insert into store.decision by name
select
    $run_id as run_id,
    $decision as decision,
    $subject as subject,
    $documents as documents,
    $loaded as loaded,
    $decided_by as decided_by,
    $because as because,
    $decided_at as decided_at
