-- completeness: how much of what a site itself lists for a day is in the warehouse.
-- Grain: one row per (source, day). Reads: store.crawl_url, store.document.
create or replace view completeness as
with delivered as (
    select
        origin,
        bool_or(article_id is not null) as has_article
    from store.document
    group by origin
),

listed as (
    select
        u.source,
        u.state,
        coalesce(u.stated_at, u.visited_at)::date as day,
        d.origin is not null as is_fetched,
        coalesce(d.has_article, false) as is_loaded
    from store.crawl_url as u
    left join delivered as d on coalesce(u.final_url, u.url) = d.origin
    where u.listed and u.kind = 'page'
),

counted as (
    select
        source,
        day,
        count(*) as listed,
        count(*) filter (where is_fetched) as fetched,
        count(*) filter (where is_loaded) as loaded,
        count(*) filter (where state = 'gone' and not is_fetched) as gone,
        count(*) filter (where state = 'refused' and not is_fetched) as refused,
        count(*) filter (where state = 'waiting' and not is_fetched) as waiting
    from listed
    group by source, day
)

select
    source,
    day,
    listed,
    fetched,
    loaded,
    gone,
    refused,
    waiting,
    case when listed > gone then loaded / (listed - gone) end as loaded_ratio
from counted;

comment on view completeness is 'How much of what the feeds and sitemaps of a site list for a day is in the warehouse. One row per (source, day), as the last crawl left it.';
comment on column completeness.source is
'Id of the source.';
comment on column completeness.day is
'UTC day that the listing states for the page, or of the last visit where it states none; NULL for pages neither dated nor visited.';
comment on column completeness.listed is
'Addresses that a feed or sitemap of the site lists.';
comment on column completeness.fetched is
'Of these, addresses whose page was met, under this address or the one it leads to.';
comment on column completeness.loaded is
'Of these, addresses whose page gave or repeats an article.';
comment on column completeness.gone is
'Addresses that were gone before a page was met there.';
comment on column completeness.refused is
'Addresses that gave no page: crawl_urls.outcome says why.';
comment on column completeness.waiting is
'Addresses still to be visited.';
comment on column completeness.loaded_ratio is
'loaded / (listed - gone), 0 to 1; NULL when all are gone.';
