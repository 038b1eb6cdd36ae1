-- printed: articles that have a phrase in title, standfirst or body, as they read now.
-- Grain: one row per article, the earliest first. Reads: articles, evidence. $within: ids to look among; NULL for all.
with standfirsts as (
    select
        e.document_id,
        string_agg(e.value, chr(10) order by e.block) as standfirst
    from evidence as e
    where e.field = 'standfirst' and e.chosen
    group by e.document_id
),

texts as (
    select
        a.article_id,
        a.published_at,
        a.published_precision,
        a.publisher,
        a.publisher_domain,
        a.language,
        a.title,
        a.url,
        a.story_id,
        a.is_canonical,
        concat_ws(chr(10), a.title, s.standfirst, a.body) as printed
    from articles as a
    left join standfirsts as s on a.document_id = s.document_id
)

select
    t.article_id,
    t.published_at,
    t.published_precision,
    coalesce(t.publisher, t.publisher_domain) as printed_by,
    t.title,
    t.url,
    t.story_id,
    t.is_canonical
from texts as t
where
    ($within is null or list_contains($within, t.article_id))
    and ($from_day is null or cast(t.published_at as date) >= cast($from_day as date))
    and ($to_day is null or cast(t.published_at as date) <= cast($to_day as date))
    and ($publisher is null or lower($publisher) in (lower(t.publisher), lower(t.publisher_domain)))
    and ($language is null or t.language = $language)
    and regexp_matches(t.printed, $phrase)
order by t.published_at asc nulls last, t.article_id asc
