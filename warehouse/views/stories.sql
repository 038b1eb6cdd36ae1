-- stories: articles that tell the same story in the same words, counted once.
-- Grain: one row per story_id. Reads: store.revision, store.link.
create or replace view stories as
select
    coalesce(l.canonical_article_id, r.article_id) as story_id,
    coalesce(l.canonical_article_id, r.article_id) as canonical_article_id,
    count(*) as articles,
    count(distinct r.publisher_domain) as publishers,
    min(r.published_at) as first_published_at,
    max(r.published_at) as last_published_at
from store.revision as r
left join store.link as l on r.article_id = l.article_id
where r.is_current
group by coalesce(l.canonical_article_id, r.article_id);

comment on view stories is 'A story: articles linked to each other, most often just one. One row per story_id.';
comment on column stories.story_id is
'Identity of the story, the id of its canonical article: joins to articles.';
comment on column stories.canonical_article_id is
'The article that stands for the story: the earliest published, then the longest, then the lowest id.';
comment on column stories.articles is
'How many articles carry it.';
comment on column stories.publishers is
'How many known publishers (by domain) carry it; 0 when none of them is known.';
comment on column stories.first_published_at is
'Earliest stated publication, UTC; NULL when no article states one.';
comment on column stories.last_published_at is
'Latest stated publication, UTC; NULL when no article states one.';
