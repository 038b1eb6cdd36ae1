-- decisions_about: the decisions that were about one input or one held batch.
-- Grain: one row per decision, in the order of time. Reads: store.decision, store.reread,
-- store.reject.
with touched as (
    select run_id
    from store.reread
    where
        origin = $sought
        or was_batch_id = $sought
        or (length($sought) >= 8 and starts_with(document_id, lower($sought)))
)

select
    d.decided_at,
    d.decided_by,
    d.decision,
    d.subject,
    d.documents,
    d.loaded,
    d.because
from store.decision as d
where d.run_id in (select t.run_id from touched as t) or contains(d.subject, $sought)
order by d.decided_at asc
