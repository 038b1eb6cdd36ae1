-- run_counts: the buckets of one run, summed over its batches.
-- Grain: one row. Reads: store.batch.
select
    coalesce(sum(seen), 0)::bigint as seen,
    coalesce(sum(loaded), 0)::bigint as loaded,
    coalesce(sum(duplicate), 0)::bigint as duplicate,
    coalesce(sum(rejected), 0)::bigint as rejected,
    coalesce(sum(held), 0)::bigint as held,
    coalesce(sum(skipped), 0)::bigint as skipped
from store.batch
where run_id = $run_id
