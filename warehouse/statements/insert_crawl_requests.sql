-- insert_crawl_requests: requests of a frontier, those left out that are there already.
-- Grain: one row per (frontier_id, log_id). Reads: the registered chunk, store.crawl_request.
insert into store.crawl_request by name
select
    chunk.log_id,
    chunk.fetched_at,
    chunk.source,
    chunk.url,
    chunk.hop,
    chunk.status,
    chunk.outcome,
    chunk.detail,
    chunk.bytes,
    chunk.elapsed_ms,
    chunk.ip,
    chunk.segment,
    $frontier_id as frontier_id
from chunk
where not exists (
    select 1
    from store.crawl_request as known
    where known.frontier_id = $frontier_id and known.log_id = chunk.log_id
)
