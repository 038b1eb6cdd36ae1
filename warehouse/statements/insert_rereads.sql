-- insert_rereads: what became of each document that came in again, beside what it was.
-- Grain: one row per (document_id, origin). Reads: former, store.document, store.reject.
insert into store.reread by name
select
    f.document_id,
    f.origin,
    f.was_batch_id,
    f.was_outcome,
    f.was_reason,
    d.outcome,
    (
        select min(r.reason)
        from store.reject as r
        where
            r.document_id = f.document_id and r.origin = f.origin
            and d.outcome = 'rejected' and r.status <> 'released'
    ) as reason,
    d.article_id,
    []::varchar[] as changed,
    $run_id as run_id,
    $batch_id as batch_id,
    $loaded_at as reread_at
from former as f
inner join store.document as d on f.document_id = d.document_id and f.origin = d.origin
