-- insert_crawl_urls: some addresses of a frontier whose old rows are gone.
-- Grain: one row per url. Reads: the registered chunk.
insert into store.crawl_url by name
select
    url,
    source,
    kind,
    state,
    listed,
    stated_at,
    tries,
    not_before,
    visited_at,
    status,
    outcome,
    detail,
    etag,
    last_modified,
    changed_at,
    next_visit_at,
    final_url,
    $frontier_id as frontier_id
from chunk
