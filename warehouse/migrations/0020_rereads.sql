-- What it takes to read archived documents again, and to keep who decided about a refusal.

-- One row per document that was read again at one place and came out otherwise than before.
-- was_batch_id is set where the document left that batch for batch_id, so that the books of
-- both runs can still be checked; it is null where the document stayed and only its article changed.
create table store.reread (
    document_id varchar,
    origin varchar,
    was_batch_id varchar,
    was_outcome varchar,
    was_reason varchar,
    outcome varchar,
    reason varchar,
    article_id varchar,
    changed varchar[],
    run_id varchar,
    batch_id varchar,
    reread_at timestamp
);

-- One row per decision of a person about what was refused or held.
create table store.decision (
    run_id varchar,
    decision varchar,
    subject varchar,
    documents bigint,
    loaded bigint,
    decided_by varchar,
    because varchar,
    decided_at timestamp
);

-- One row per batch of a replay: how far it has come in its scope, for one state of the code.
create table store.replay_progress (
    scope varchar,
    code varchar,
    last_place varchar,
    is_end boolean,
    batch_id varchar,
    run_id varchar
);

-- Why a version was written: null when a page brought it, `replay` when its bytes were read anew.
alter table store.revision add column cause varchar;
