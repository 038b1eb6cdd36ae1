-- crawl_urls: every address that the crawls know, and where it stands.
-- Grain: one row per url of a group of sources. Reads: store.crawl_url.
create or replace view crawl_urls as
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
    final_url
from store.crawl_url;

comment on view crawl_urls is 'An address that a crawl knows, as the last crawl of its source left it. One row per address of a group of sources.';
comment on column crawl_urls.url is
'The address in its canonical form.';
comment on column crawl_urls.source is
'Id of the source whose listings led to it.';
comment on column crawl_urls.kind is
'What it is visited for: page (it may hold an article), or what leads to pages: feed, sitemap, front (the home page), section.';
comment on column crawl_urls.state is
'Where it stands: waiting (to be visited), done, gone (404 or 410), refused (see outcome).';
comment on column crawl_urls.listed is
'Whether a feed or sitemap of the site lists it, and not only a link.';
comment on column crawl_urls.stated_at is
'When it last changed as its feed or sitemap states, UTC; NULL when none says.';
comment on column crawl_urls.tries is
'Failed visits in a row, for an address that is tried again.';
comment on column crawl_urls.not_before is
'When it may be tried again at the earliest, UTC; NULL when at any time.';
comment on column crawl_urls.visited_at is
'When it was last visited, UTC; NULL when never.';
comment on column crawl_urls.status is
'HTTP status of the last visit; NULL without an answer.';
comment on column crawl_urls.outcome is
'What came of the last visit: stored, unchanged, alias (known by another address), listed (a listing was read), or the fault: gone, blocked, robots, timeout ...';
comment on column crawl_urls.detail is
'More about outcome, in words.';
comment on column crawl_urls.etag is
'ETag of its last answer, sent with the next request.';
comment on column crawl_urls.last_modified is
'Last-Modified of its last answer, as the server wrote it.';
comment on column crawl_urls.changed_at is
'When a new text was last met there, UTC; NULL when never.';
comment on column crawl_urls.next_visit_at is
'When it is visited again, UTC; NULL when it rests.';
comment on column crawl_urls.final_url is
'Where its redirects led on the last visit; NULL without any.';
