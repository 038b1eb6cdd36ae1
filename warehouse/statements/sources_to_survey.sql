-- sources_to_survey: sources that have grown since their stories were last looked over.
-- Grain: one row per source. Reads: store.revision, store.template_survey.
with grown as (
    select
        coalesce(source, publisher_domain) as site,
        count(distinct story_id) as stories
    from store.revision
    where
        is_current
        and coalesce(source, publisher_domain) is not null
        and coalesce(source, publisher_domain) = coalesce($source, source, publisher_domain)
    group by coalesce(source, publisher_domain)
),

surveyed as (
    select
        s.source as site,
        max(s.stories) as stories
    from store.template_survey as s
    group by s.source
)

select
    g.site,
    g.stories
from grown as g
left join surveyed as s on g.site = s.site
where g.stories >= $first and ($source is not null or g.stories >= $growth * coalesce(s.stories, 0))
order by g.site asc
