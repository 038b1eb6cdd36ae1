-- story_texts: the newest texts of a source, one a story, since versions repeat each other.
-- Grain: one row per story_id. Reads: store.revision.
select body
from store.revision
where is_current and coalesce(source, publisher_domain) = $source
qualify row_number() over (partition by story_id order by article_id asc) = 1
order by first_seen_at desc, article_id asc
limit $inputs
