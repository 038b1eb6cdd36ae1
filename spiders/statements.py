"""Which SQL does the frontier speak, and which rows go with it?"""

from spiders.visits import Fetch, Kind, Listed, Settled, url_key

FIRST = {Kind.FEED: 1 << 37, Kind.FRONT: 1 << 36, Kind.SITEMAP: 1 << 35, Kind.SECTION: 1 << 34}
"""Added to the rank of what finds pages, so that it is visited before them."""
ADD = """
insert into url (url_id, host_id, path, source_id, kind, state, rank, how, depth)
values (?, ?, ?, ?, ?, 0, ?, ?, ?)
on conflict (url_id) do update set
    state = iif(
        kind <> 0 or state = 3 or (
            excluded.how & 2 and excluded.rank > iif(
                how & 2, rank, (select at from visited where visited.url_id = url.url_id)
            )
        ), 0, state
    ),
    rank = case
        when excluded.how & 2 then iif(how & 2, max(rank, excluded.rank), excluded.rank)
        when kind <> 0 then max(rank, excluded.rank)
        else rank
    end,
    how = how | excluded.how,
    source_id = iif(
        source_id in (select source_id from crawled), source_id, excluded.source_id
    )
"""
WAITING = """
select url_id, path, source_id, kind, depth, tries, iif(how & 2, rank, null)
from url where host_id = ? and state = 0 and (not_before is null or not_before <= ?)
order by rank desc
"""
LAST = """
select etag, modified, body_hash, text_hash, changed_at, revisit_every
from visited where url_id = ?
"""
VISITED = """
insert into visited (
    url_id, at, status, outcome, detail, etag, modified, body_hash, text_hash,
    changed_at, revisit_every, next_visit, final_url
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (url_id) do update set
    at = excluded.at, status = excluded.status, outcome = excluded.outcome,
    detail = excluded.detail, etag = coalesce(excluded.etag, etag),
    modified = coalesce(excluded.modified, modified),
    body_hash = coalesce(excluded.body_hash, body_hash),
    text_hash = coalesce(excluded.text_hash, text_hash),
    changed_at = coalesce(excluded.changed_at, changed_at),
    revisit_every = coalesce(excluded.revisit_every, revisit_every),
    next_visit = excluded.next_visit, final_url = excluded.final_url
"""
WAKE_YOUNG = """
with unfinished as (
    select distinct source_id from url
    where
        state = 0 and kind = 0
        and not exists (select 1 from visited where visited.url_id = url.url_id)
),
young as (
    select url_id, most, row_number() over (partition by source_id order by at, url_id) as place
    from visited join url using (url_id) join crawled using (source_id)
    where
        changed_at >= since and state = 1 and kind = 0
        and source_id not in (select source_id from unfinished)
)
update url set state = 0
where url_id in (select url_id from young where place <= most)
"""
PAUSES = "select origin, paused_until from host where paused_until is not null"
LOG = """
insert into crawl_log (
    at, source_id, url, hop, outcome, detail, status, bytes, elapsed_ms, ip, segment
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def url_row(item: Listed, source_id: int, host_id: int, prefix: int) -> tuple[int | str, ...]:
    """Return the values of `ADD`; `prefix` is the length of the origin, which is kept apart."""
    rank = (item.at or 0) + FIRST.get(item.kind, 0)
    path = item.url[prefix:]
    return (url_key(item.url), host_id, path, source_id, item.kind, rank, item.how, item.depth)


def visited_row(one: Settled) -> tuple[object, ...]:
    """Return the values of `VISITED`."""
    next_visit = None if one.revisit_every is None else one.at + one.revisit_every
    return (
        one.visit.url_id,
        one.at,
        one.status,
        one.outcome,
        one.detail,
        one.etag,
        one.modified,
        one.body_hash,
        one.text_hash,
        one.changed_at,
        one.revisit_every,
        next_visit,
        one.final_url,
    )


def log_row(fetch: Fetch, source_id: int) -> tuple[object, ...]:
    """Return the values of `LOG`."""
    return (
        fetch.at,
        source_id,
        fetch.url,
        fetch.hop,
        fetch.outcome,
        fetch.detail,
        fetch.status,
        fetch.bytes,
        fetch.elapsed_ms,
        fetch.ip,
        fetch.segment,
    )
