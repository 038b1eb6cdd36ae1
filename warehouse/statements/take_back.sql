-- take_back: what was known of the documents in `again` at each of their places.
-- Grain: one row per (document_id, origin). Reads: store.document, store.reject, again.
select
    d.document_id,
    d.origin,
    d.batch_id as was_batch_id,
    d.outcome as was_outcome,
    min(r.reason) as was_reason
from store.document as d
semi join again on d.document_id = again.document_id
left join store.reject as r
    on d.document_id = r.document_id and d.origin = r.origin and r.status <> 'released'
group by d.document_id, d.origin, d.batch_id, d.outcome
