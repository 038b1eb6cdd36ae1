-- passages: what stands around the first place of a phrase, in the body, else in standfirst or title.
-- Grain: one row per article. Reads: articles, evidence.
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
        a.body,
        concat_ws(chr(10), s.standfirst, a.title) as above
    from articles as a
    left join standfirsts as s on a.document_id = s.document_id
),

placed as (
    select
        t.article_id,
        regexp_extract(
            case when regexp_matches(t.body, $passage) then t.body else t.above end,
            $passage,
            ['left_of', 'words', 'right_of']
        ) as place
    from texts as t
    where list_contains($articles, t.article_id)
)

select
    p.article_id,
    p.place['left_of'] as left_of,
    p.place['words'] as words,
    p.place['right_of'] as right_of
from placed as p
