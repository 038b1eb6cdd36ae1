-- What the crawls know and did, copied from their frontiers at the end of each run.

-- One row per (frontier_id, url): where an address stands.
create table store.crawl_url (
    frontier_id varchar,
    url varchar,
    source varchar,
    kind varchar,
    state varchar,
    listed boolean,
    stated_at timestamp,
    tries integer,
    not_before timestamp,
    visited_at timestamp,
    status integer,
    outcome varchar,
    detail varchar,
    etag varchar,
    last_modified varchar,
    changed_at timestamp,
    next_visit_at timestamp,
    final_url varchar
);

-- One row per (frontier_id, log_id): a request and its answer.
create table store.crawl_request (
    frontier_id varchar,
    log_id bigint,
    fetched_at timestamp,
    source varchar,
    url varchar,
    hop integer,
    status integer,
    outcome varchar,
    detail varchar,
    bytes bigint,
    elapsed_ms bigint,
    ip varchar,
    segment varchar
);
