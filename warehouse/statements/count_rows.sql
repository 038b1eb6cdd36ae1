-- count_rows: the inputs of one run by bucket, counted from the rows that its batches wrote.
-- What was read again later and left for another batch still counts, as what it was then.
-- Grain: one row per outcome that occurs. Reads: store.batch, store.document, store.reread,
-- store.reject.
with own as (
    select batch_id
    from store.batch
    where run_id = $run_id
),

input as (
    select d.outcome
    from store.document as d
    semi join own on d.batch_id = own.batch_id
    union all
    select r.was_outcome as outcome
    from store.reread as r
    semi join own on r.was_batch_id = own.batch_id
    union all
    select r.outcome
    from store.reread as r
    where r.run_id = $run_id and r.was_batch_id is null and r.outcome <> 'skipped'
    union all
    select 'rejected' as outcome
    from store.reject
    where run_id = $run_id and document_id is null
)

select
    outcome,
    count(*) as inputs
from input
group by outcome
