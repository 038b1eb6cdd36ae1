-- runs: the ledger.
-- Grain: one row per run_id. Reads: store.run, store.batch.
create or replace view runs as
with counted as (
    select
        run_id,
        sum(seen)::bigint as seen,
        sum(loaded)::bigint as loaded,
        sum(duplicate)::bigint as duplicate,
        sum(rejected)::bigint as rejected,
        sum(held)::bigint as held,
        sum(skipped)::bigint as skipped
    from store.batch
    group by run_id
)

select
    r.run_id,
    r.flow_run_id,
    r.flow,
    r.started_at,
    r.ended_at,
    r.status,
    coalesce(r.seen, c.seen, 0) as seen,
    coalesce(c.loaded, 0) as loaded,
    coalesce(c.duplicate, 0) as duplicate,
    coalesce(c.rejected, 0) as rejected,
    coalesce(c.held, 0) as held,
    coalesce(c.skipped, 0) as skipped,
    r.versions
from store.run as r
left join counted as c on r.run_id = c.run_id;

comment on view runs is 'A run and its ledger: seen = loaded + duplicate + rejected + held + skipped. One row per run_id.';
comment on column runs.run_id is
'Identity of the run.';
comment on column runs.flow_run_id is
'The run in the Prefect UI; NULL when run without it.';
comment on column runs.flow is
'Name of the flow: ingest, crawl, replay, maintain.';
comment on column runs.started_at is
'When it began, UTC.';
comment on column runs.ended_at is
'When it ended, UTC; NULL while it runs.';
comment on column runs.status is
'running, completed, failed, or crashed (was killed, and closed by the next run).';
comment on column runs.seen is
'Inputs met.';
comment on column runs.loaded is
'Inputs that gave a new article.';
comment on column runs.duplicate is
'Inputs whose article or bytes were there already, met at a new place.';
comment on column runs.rejected is
'Inputs refused: see rejects.';
comment on column runs.held is
'Inputs in batches that the audit held back.';
comment on column runs.skipped is
'Inputs known from the same place: nothing to do.';
comment on column runs.versions is
'Versions of newsmill, its main libraries and the templates of sources in this run, by name.';
