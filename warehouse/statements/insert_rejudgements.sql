-- insert_rejudgements: what judging everything anew has changed.
-- Grain: one row per article that repeats another one than before. Reads: former_link, store.link.
insert into store.rejudgement by name
select
    coalesce(n.article_id, f.article_id) as article_id,
    f.canonical_article_id as was_canonical_article_id,
    n.canonical_article_id,
    coalesce(n.reason, 'stands for itself') as reason,
    $judged_at as judged_at
from store.link as n
full outer join former_link as f on n.article_id = f.article_id
where n.canonical_article_id is distinct from f.canonical_article_id
