-- metrics: how things stand, as one number a line, for Prometheus.
-- Grain: one row per (metric, label_value). Reads: store. Times are seconds since 1970.
with recent as (
    select
        epoch(first_seen_at) as first_seen,
        epoch(first_seen_at) - epoch(published_at) as latency
    from store.revision
    where revision = 1
    qualify row_number() over (order by first_seen_at desc, article_id asc) <= 1000
)

select
    'inputs' as metric,
    bucket as label_value,
    inputs::double as number
from (
    unpivot (
        select
            coalesce(sum(loaded), 0) as loaded,
            coalesce(sum(duplicate), 0) as duplicate,
            coalesce(sum(rejected), 0) as rejected,
            coalesce(sum(held), 0) as held,
            coalesce(sum(skipped), 0) as skipped
        from store.batch
    ) on loaded, duplicate, rejected, held, skipped
    into name bucket value inputs
)
union all
select
    'articles' as metric,
    '' as label_value,
    count(*)::double as number
from store.revision
where is_current
union all
select
    'quarantine' as metric,
    reason as label_value,
    count(*)::double as number
from store.reject
where status = 'open'
group by reason
union all
select
    'held_batches' as metric,
    '' as label_value,
    count(*)::double as number
from store.batch
where status = 'held'
union all
select
    'runs' as metric,
    flow || '/' || status as label_value,
    count(*)::double as number
from store.run
where ended_at is not null
group by flow, status
union all
select
    'last_success' as metric,
    flow as label_value,
    epoch(max(ended_at)) as number
from store.run
where status = 'completed'
group by flow
union all
select
    'last_run_seconds' as metric,
    flow as label_value,
    arg_max(epoch(ended_at) - epoch(started_at), started_at) as number
from store.run
where ended_at is not null
group by flow
union all
select
    'last_article' as metric,
    '' as label_value,
    max(first_seen) as number
from recent
having count(*) > 0
union all
select
    'publication_latency' as metric,
    '0.5' as label_value,
    quantile_cont(latency, 0.5) as number
from recent
where latency is not null
having count(*) > 0
union all
select
    'publication_latency' as metric,
    '0.9' as label_value,
    quantile_cont(latency, 0.9) as number
from recent
where latency is not null
having count(*) > 0
order by metric asc, label_value asc
