-- refusals_again: the refusals of the documents in `again` that are not released.
-- Grain: one row per refusal. Reads: store.reject, again.
select
    r.document_id,
    r.origin,
    r.member,
    r.line,
    r.byte,
    r.stage,
    r.reason,
    r.rule,
    r.detail,
    r.status,
    r.seen_at,
    r.run_id,
    r.batch_id
from store.reject as r
semi join again on r.document_id = again.document_id
where r.status <> 'released'
