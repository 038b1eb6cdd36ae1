-- source_fetches: what the crawls met at each source on each UTC day, by what went wrong.
-- Grain: one row per (source, day) with any request. Reads: store.crawl_request, store.crawl_url.
with request as (
    select
        l.source,
        l.fetched_at::date as day,
        l.outcome,
        coalesce(u.kind, 'page') in ('feed', 'sitemap', 'front', 'section') as is_listing
    from store.crawl_request as l
    left join store.crawl_url as u
        on l.frontier_id = u.frontier_id and l.url = u.url and l.source = u.source
    where l.fetched_at::date >= $from_day and l.outcome not in ('redirect', 'rules')
)

select
    source,
    day,
    count(*) as requests,
    count(*) filter (where outcome in ('robots', 'robots_unreachable', 'opted_out')) as robots,
    count(*) filter (where outcome in ('forbidden', 'slow_down', 'paused')) as forbidden,
    count(*) filter (where outcome in ('gone', 'http_status')) as gone,
    count(*) filter (
        where outcome in (
            'dns', 'connect', 'tls', 'reset', 'timeout', 'truncated', 'malformed', 'server_error',
            'redirect_loop', 'redirect_chain'
        )
    ) as failing,
    count(*) filter (where is_listing) as listings,
    count(*) filter (
        where is_listing and outcome not in ('listed', 'unchanged', 'stored', 'alias')
    ) as listings_lost
from request
where source is not null
group by source, day
order by source asc, day asc
