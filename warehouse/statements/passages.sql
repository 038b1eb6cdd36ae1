-- passages: what stands around the first place of a phrase, in the body, else in the title.
-- Grain: one row per article. Reads: articles.
with placed as (
    select
        a.article_id,
        regexp_extract(
            case when regexp_matches(a.body, $passage) then a.body else a.title end,
            $passage,
            ['left_of', 'words', 'right_of']
        ) as place
    from articles as a
    where list_contains($articles, a.article_id)
)

select
    p.article_id,
    p.place['left_of'] as left_of,
    p.place['words'] as words,
    p.place['right_of'] as right_of
from placed as p
