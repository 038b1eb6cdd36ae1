-- known_addresses: every article at an address of one in `page`.
-- Grain: one row per article. Reads: store.revision.
with asked as (
    select distinct
        publisher_domain as site,
        coalesce(canonical_url, url) as address
    from page
    where publisher_domain is not null
)

select
    r.site,
    asked.address,
    r.article_id
from store.revision as r
inner join asked
    on r.site = asked.site and coalesce(r.canonical_url, r.url) = asked.address
where r.is_current
order by r.first_seen_at asc, r.article_id asc
