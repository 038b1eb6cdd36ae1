-- The base tables of the warehouse, in schema `store`; analysts read the views in `main`.
-- No key, index, sequence or trigger: what is unique is kept so by the anti-joins of the load.
-- Every time is UTC without a zone, so that no reader's session zone can shift a day.
create schema if not exists store;

-- One row per delivery: the same bytes at a second origin are a row of their own.
create table store.document (
    document_id varchar,
    origin varchar,
    member varchar,
    line bigint,
    source varchar,
    media_type varchar,
    bytes bigint,
    url varchar,
    archive_file varchar,
    archive_offset bigint,
    seen_at timestamp,
    outcome varchar,
    article_id varchar,
    line_roles varchar[],
    batch_id varchar
);

-- One row per version of an article; exactly one of them is current.
create table store.revision (
    article_id varchar,
    revision integer,
    is_current boolean,
    story_id varchar,
    content_hash varchar,
    site varchar,
    document_id varchar,
    title varchar,
    body varchar,
    authors varchar[],
    publisher varchar,
    publisher_domain varchar,
    section varchar,
    language varchar,
    published_at timestamp,
    published_precision varchar,
    modified_at timestamp,
    url varchar,
    canonical_url varchar,
    source varchar,
    agency varchar,
    dateline varchar,
    word_count bigint,
    flags varchar[],
    page_chars bigint,
    changed_ratio double,
    extractor_version varchar,
    first_seen_at timestamp,
    seen_at timestamp,
    batch_id varchar
);

-- One row per article that is not the canonical one of its story.
create table store.link (
    article_id varchar,
    canonical_article_id varchar,
    story_id varchar,
    relation varchar,
    containment double,
    jaccard double
);

-- One row per candidate value of a field of a document.
create table store.evidence (
    document_id varchar,
    field varchar,
    value varchar,
    chosen boolean,
    stated boolean,
    rule varchar,
    block bigint,
    confidence double,
    batch_id varchar
);

-- One row per refusal; document_id is null where there were no bytes to speak of.
create table store.reject (
    document_id varchar,
    origin varchar,
    member varchar,
    line bigint,
    byte bigint,
    stage varchar,
    reason varchar,
    rule varchar,
    detail varchar,
    status varchar,
    seen_at timestamp,
    run_id varchar,
    batch_id varchar
);

-- One row per batch: its line in the ledger, written in the transaction of its rows.
create table store.batch (
    batch_id varchar,
    run_id varchar,
    status varchar,
    reasons varchar[],
    seen bigint,
    loaded bigint,
    duplicate bigint,
    rejected bigint,
    held bigint,
    skipped bigint,
    loaded_at timestamp
);

-- One row per flow run; ended_at is null while it runs.
create table store.run (
    run_id varchar,
    flow_run_id varchar,
    flow varchar,
    started_at timestamp,
    ended_at timestamp,
    status varchar,
    seen bigint,
    versions map (varchar, varchar)
);
