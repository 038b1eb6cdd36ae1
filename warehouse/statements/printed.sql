-- printed: articles that have a phrase in title or body, as they read now.
-- Grain: one row per article, the earliest first. Reads: articles. $within: ids to look among; NULL for all.
select
    a.article_id,
    a.published_at,
    a.published_precision,
    coalesce(a.publisher, a.publisher_domain) as printed_by,
    a.title,
    a.url,
    a.story_id,
    a.is_canonical
from articles as a
where
    ($within is null or list_contains($within, a.article_id))
    and ($from_day is null or cast(a.published_at as date) >= cast($from_day as date))
    and ($to_day is null or cast(a.published_at as date) <= cast($to_day as date))
    and ($publisher is null or lower($publisher) in (lower(a.publisher), lower(a.publisher_domain)))
    and ($language is null or a.language = $language)
    and regexp_matches(concat_ws(chr(10), a.title, a.body), $phrase)
order by a.published_at asc nulls last, a.article_id asc
