-- insert_links: whom the judged articles repeat now, with the measure and the reason.
-- Grain: one row per article that is not canonical. Reads: tie.
insert into store.link by name
select
    article_id,
    canonical_article_id,
    number,
    canonical_number,
    canonical_article_id as story_id,
    relation,
    containment,
    jaccard,
    reason
from tie
