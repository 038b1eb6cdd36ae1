-- insert_changes: what a replay changed about documents that stay where they are.
-- Grain: one row per document. Reads: change, store.document.
insert into store.reread by name
select
    c.document_id,
    d.origin,
    null as was_batch_id,
    d.outcome as was_outcome,
    null as was_reason,
    c.outcome,
    c.reason,
    d.article_id,
    c.changed,
    $run_id as run_id,
    $batch_id as batch_id,
    $loaded_at as reread_at
from change as c
inner join store.document as d on c.document_id = d.document_id
where d.outcome = 'loaded'
