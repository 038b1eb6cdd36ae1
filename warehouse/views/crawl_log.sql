-- crawl_log: every request of the crawls.
-- Grain: one row per request. Reads: store.crawl_request.
create or replace view crawl_log as
select
    fetched_at,
    source,
    url,
    hop,
    status,
    outcome,
    detail,
    bytes,
    elapsed_ms,
    ip,
    segment
from store.crawl_request;

comment on view crawl_log is 'A request of a crawl and what came of it; robots.txt and each redirect are requests of their own. One row per request.';
comment on column crawl_log.fetched_at is
'When it was sent, UTC.';
comment on column crawl_log.source is
'Id of the source that it was sent for.';
comment on column crawl_log.url is
'The address asked for.';
comment on column crawl_log.hop is
'0 for the address itself, 1 for where it redirects to, and so on.';
comment on column crawl_log.status is
'HTTP status of the answer; NULL without one.';
comment on column crawl_log.outcome is
'What came of it: stored, unchanged, alias, listed, redirect, rules (robots.txt was read), or the fault.';
comment on column crawl_log.detail is
'More about outcome, in words; where a redirect leads.';
comment on column crawl_log.bytes is
'Size of the body as it was sent, packed or not.';
comment on column crawl_log.elapsed_ms is
'Milliseconds from the request to the last byte of the answer.';
comment on column crawl_log.ip is
'Address that answered; NULL without an answer, or behind a proxy.';
comment on column crawl_log.segment is
'Captured WARC file that holds the page; NULL when nothing was stored.';
