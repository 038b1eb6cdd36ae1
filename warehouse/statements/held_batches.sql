-- held_batches: the batches with documents that wait for a decision.
-- Grain: one row per batch_id, oldest first. Reads: store.batch, store.document.
select
    b.batch_id,
    b.run_id,
    b.loaded_at,
    count(*) as held,
    b.reasons,
    min(d.origin) as example
from store.batch as b
inner join store.document as d on b.batch_id = d.batch_id
where d.outcome = 'held'
group by b.batch_id, b.run_id, b.loaded_at, b.reasons
order by b.loaded_at asc, b.batch_id asc
