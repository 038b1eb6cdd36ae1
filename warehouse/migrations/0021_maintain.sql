-- What the nightly maintenance and the health check of the sources remember.

-- One row per segment of the archive: when its records were last held against their digests.
create table store.archive_check (
    archive_file varchar,
    bytes bigint,
    documents bigint,
    problem varchar,
    checked_at timestamp
);

-- One row per source and UTC day that was judged: what was to be expected, and what was found.
create table store.source_health (
    source varchar,
    day date,
    state varchar,
    kind varchar,
    cause varchar,
    detail varchar,
    expected_low double,
    expected_high double,
    pace double,
    judged_at timestamp
);
